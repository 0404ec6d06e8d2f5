"""One line of a lead's history: who did what, when. Only ever added."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.ids import uuid7
from leads.models.lead import Lead
from leads.models.sealed import SealedTextField


class EventKind(models.TextChoices):
    ENQUIRY = "enquiry", _("Enquiry received")
    RELEASED = "released", _("Released from check")
    MARKED_SPAM = "marked_spam", _("Marked as spam")
    STAGE = "stage", _("Stage changed")
    ATTENTION = "attention", _("Attention changed")
    ASSIGNMENT = "assignment", _("Assigned")
    CONTACTED = "contacted", _("Contact logged")
    CALLED = "called", _("Called")
    NOTE = "note", _("Note")
    STORY_READ = "story_read", _("Opened what they wrote")
    DETAILS = "details", _("Details changed")
    UNDONE = "undone", _("Undone")
    ENROLLED = "enrolled", _("Follow-up started")
    FOLLOWUP_STOPPED = "followup_stopped", _("Follow-up stopped")
    FOLLOWUP_RESUMED = "followup_resumed", _("Follow-up resumed")
    FOLLOWUP_MOVED = "followup_moved", _("Follow-up goes on in its newest version")
    STEP_SKIPPED = "step_skipped", _("Follow-up skipped")
    STEP_SENT = "step_sent", _("Follow-up sent early")
    OPTED_OUT = "opted_out", _("Opted out of follow-up")
    ANSWERED = "answered", _("Wrote to them")
    SENT_AGAIN = "sent_again", _("Sent a mail that failed again")
    REPLIED = "replied", _("They replied")
    AUTO_REPLIED = "auto_replied", _("Automatic reply")
    DOUBT_SETTLED = "doubt_settled", _("Doubt about a mail settled")
    HELD = "held", _("Automation on hold")
    HOLD_RELEASED = "hold_released", _("Hold released")
    CRISIS = "crisis", _("Read first")
    WOKEN = "woken", _("Due again")
    BOUNCED = "bounced", _("Their address does not exist: no more mail to it")
    BOUNCED_SOFTLY = "bounced_softly", _("A mail could not be delivered for now")
    COMPLAINED = "complained", _("They reported our mail as spam: no more mail to them")
    SUPPRESSED = "suppressed", _("Their address gets no more mail")
    LIFTED = "lifted", _("Their address gets mail again")
    CONTACT_RULE = "contact_rule", _("Said how to reach them")
    PRIVACY_REQUEST = "privacy_request", _("Asked about their data")
    PRIVACY_DONE = "privacy_done", _("What they asked about their data is done")
    ADDRESS = "address", _("Their email address changed")
    BOOKED = "booked", _("A time was booked")
    BOOKING_MOVED = "booking_moved", _("A booking was moved")
    BOOKING_CANCELLED = "booking_cancelled", _("A booking was cancelled")
    TAGS = "tags", _("Tags changed")
    CUSTOM_FIELD = "custom_field", _("A field changed")
    TASK = "task", _("A task was added")
    TASK_CHANGED = "task_changed", _("A task changed")
    TASK_DONE = "task_done", _("A task is done")
    MENTIONED = "mentioned", _("Mentioned a colleague")
    MERGED = "merged", _("Merged with another lead")
    UNMERGED = "unmerged", _("Parted from a lead again")
    NOT_SAME = "not_same", _("Not the same person")
    IMPORTED = "imported", _("Imported")
    ESCALATED = "escalated", _("Nobody has seen to it")


class Event(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="events", db_index=False)  # event_of_lead
    kind = models.CharField(max_length=20, choices=EventKind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(  # empty: done by itself
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    data = models.JSONField(default=dict, blank=True)  # codes, ids and times; never what somebody wrote
    text = SealedTextField(null=True)  # a note

    class Meta:
        indexes = [
            models.Index(fields=["lead", "-at"], name="event_of_lead"),
            models.Index(fields=["by", "-at"], name="event_of_person", condition=models.Q(by__isnull=False)),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=EventKind.values), name="event_kind_known")]

    def __str__(self) -> str:
        return self.kind
