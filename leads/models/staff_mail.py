"""What a person here wrote to a lead, sealed. The outbox's row carries it; most mails have none of this, so it stands beside them."""

from django.conf import settings
from django.db import models

from leads.models.message import Message
from leads.models.sealed import SealedTextField


class StaffMail(models.Model):
    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="written")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )  # staff_mail_by
    subject = SealedTextField()
    text = SealedTextField()
    signature = SealedTextField(null=True)  # empty in rows of the release before: the usual one
    answers = models.JSONField(default=list)  # the ids of the mails that it belongs to, the oldest first

    class Meta:
        indexes = [models.Index(fields=["by"], name="staff_mail_by", condition=models.Q(by__isnull=False))]

    def __str__(self) -> str:
        return str(self.message_id)
