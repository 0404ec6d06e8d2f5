"""Colleagues on the same lead: who has its page open, and what each has typed there and not saved."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from leads.models.ids import uuid7
from leads.models.lead import Lead
from leads.models.sealed import SealedTextField


class Presence(models.Model):
    """The last sign of life from a lead's page. Older than half a minute it says nothing, and is purged."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="presences", db_index=False)  # one_presence_a_person
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(db_index=True)
    wrote_at = models.DateTimeField(null=True)  # when a key was last pressed in one of its boxes

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lead", "user"], name="one_presence_a_person")]

    def __str__(self) -> str:
        return f"user {self.user_id} on lead {self.lead_id}"


class Draft(models.Model):
    """What somebody has typed on a lead's page. Theirs alone: no colleague sees it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="drafts", db_index=False)  # one_draft_a_person
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    note = SealedTextField(null=True)
    subject = SealedTextField(null=True)
    text = SealedTextField(null=True)  # of the email
    saved_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lead", "user"], name="one_draft_a_person")]

    def __str__(self) -> str:
        return f"draft of user {self.user_id}"
