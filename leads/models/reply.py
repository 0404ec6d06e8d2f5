"""A mail that came back: what a person answered, or what a machine had to say about ours. What they wrote is sealed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.enquiry import Enquiry
from leads.models.ids import uuid7
from leads.models.lead import Lead
from leads.models.message import Message
from leads.models.sealed import SealedTextField


class ReplyKind(models.TextChoices):
    """The same as policy.inbound.Kind, which knows nothing of the database; a test holds the two together."""

    REPLY = "reply", _("Reply")
    AUTO_REPLY = "auto_reply", _("Automatic reply")
    BOUNCE = "bounce", _("Bounce")
    COMPLAINT = "complaint", _("Complaint")


class Reply(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=ReplyKind)
    fingerprint = models.CharField(max_length=64)  # a keyed hash: the same mail is taken in once
    received_at = models.DateTimeField(default=timezone.now)
    # Empty: a machine's mail about nothing that we know.
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, null=True, related_name="replies", db_index=False)  # reply_of_lead
    about = models.ForeignKey(  # the mail of ours that it answers or reports on; reply_about
        Message, on_delete=models.SET_NULL, null=True, related_name="replies", db_index=False
    )
    enquiry = models.ForeignKey(  # what a stranger's mail became: the words are there, not here; reply_enquiry
        Enquiry, on_delete=models.CASCADE, null=True, related_name="replies", db_index=False
    )

    message_id = models.CharField(max_length=255, blank=True)  # theirs; our answer names it
    from_address = models.CharField(max_length=254, blank=True)  # as it stood there: anybody can write anything
    subject = SealedTextField()
    text = SealedTextField()
    quoted = SealedTextField()
    attachments = models.PositiveSmallIntegerField(default=0)  # how many were left out
    status = models.CharField(max_length=12, blank=True)  # of a bounce, as in RFC 3463
    hard = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReplyKind.values), name="reply_kind_known"),
            models.UniqueConstraint(fields=["fingerprint"], name="one_reply_a_mail"),
        ]
        indexes = [
            models.Index(fields=["lead", "-received_at"], name="reply_of_lead", condition=Q(lead__isnull=False)),
            models.Index(fields=["about"], name="reply_about", condition=Q(about__isnull=False)),
            models.Index(fields=["enquiry"], name="reply_enquiry", condition=Q(enquiry__isnull=False)),
            models.Index(fields=["received_at"], name="reply_of_nobody", condition=Q(lead__isnull=True)),
            models.Index(fields=["-received_at"], name="reply_by_people", condition=Q(kind="reply")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
