"""The enquiry: one message from one visitor, exactly as sent."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.ids import new_reference, uuid7
from leads.models.lead import Lead, ReplyBy, Screening, Topic
from leads.models.sealed import SealedTextField


class Channel(models.TextChoices):
    FORM = "form", _("Contact form")
    API = "api", _("API")
    EMAIL = "email", _("Email")
    PHONE = "phone", _("Phone")
    WALK_IN = "walk_in", _("Walk-in")
    OWN_PAGE = "own_page", _("Their own page")
    IMPORT = "import", _("Import")


BY_THEMSELVES = (Channel.FORM, Channel.API, Channel.EMAIL, Channel.OWN_PAGE)  # written in the moment they come


class Enquiry(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="enquiries", db_index=False)  # enquiry_of_lead
    reference = models.CharField(max_length=12, default=new_reference)
    channel = models.CharField(max_length=10, choices=Channel)
    added_by = models.ForeignKey(  # enquiry_added_by
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    received_at = models.DateTimeField(default=timezone.now)
    promise_at = models.DateTimeField()  # when we said somebody would answer

    name = models.CharField(max_length=120)
    email = models.CharField(max_length=254, blank=True)  # as typed
    phone = models.CharField(max_length=40, blank=True)  # as typed
    message = SealedTextField()
    topic = models.CharField(max_length=12, choices=Topic, blank=True)
    reply_by = models.CharField(max_length=8, choices=ReplyBy, blank=True)
    may_leave_voicemail = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="en")

    consent_reply = models.BooleanField()
    consent_followup = models.BooleanField(default=False)
    consent_version = models.CharField(max_length=20)  # policy.consent holds the wording of each version

    screening = models.CharField(max_length=10, choices=Screening)
    screening_reasons = models.JSONField(default=list, blank=True)  # codes, no content
    crisis = models.BooleanField(default=False)

    # The same key and body again is the same enquiry and gets the same answer, for 24 hours; then both are forgotten.
    capture_key = models.CharField(max_length=64, null=True)  # noqa: DJ001  # keyed hashes, both
    body_hash = models.CharField(max_length=64, blank=True)

    page = models.CharField(max_length=300, blank=True)
    referrer = models.CharField(max_length=300, blank=True)
    utm = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "enquiries"
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="one_enquiry_a_reference"),
            models.UniqueConstraint(fields=["capture_key"], name="one_enquiry_a_key"),
        ]
        indexes = [
            models.Index(fields=["lead", "received_at"], name="enquiry_of_lead"),
            # Written down later than they came, so their ids don't tell when. What visitors send, and must be quick, stays out.
            models.Index(fields=["received_at"], name="enquiry_of_day", condition=~models.Q(channel__in=BY_THEMSELVES)),
            models.Index(fields=["added_by"], name="enquiry_added_by", condition=models.Q(added_by__isnull=False)),
            models.Index(fields=["received_at"], name="enquiry_with_key", condition=models.Q(capture_key__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.reference


class Answer(models.Model):
    """How long one enquiry waited for a person, in opening time: what the next promise is made of."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="answers")
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(default=timezone.now, db_index=True)
    open_seconds = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.open_seconds} s"
