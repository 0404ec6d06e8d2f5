"""The outbox: one row a mail. The row carries the state; whoever changes it names the state and owner it had (fencing)."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from functools import lru_cache
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.enquiry import Enquiry
from leads.models.ids import uuid7
from leads.models.lead import Lead
from leads.models.moves import move
from leads.models.sequence import Enrolment, StepText


class MessageKind(models.TextChoices):
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
    FOLLOWUP = "followup", _("Follow-up")
    ANSWER = "answer", _("Email")  # by a person; its words are in StaffMail
    STAFF_ALERT = "staff_alert", _("Staff alert")
    OWN_PAGE = "own_page", _("About their own page")  # `mail` says which; to a visitor who asked for it, so no opt-out is against it
    BOOKING = "booking", _("About a booking")  # `mail` says which; what it says of the booking is in BookingMail
    REMINDER = "reminder", _("Reminder")  # of a booking; in doubt a person decides, so that nobody is reminded twice
    TEST = "test", _("Test mail")  # a follow-up that somebody here writes, to themselves
    SIGN_IN_LINK = "sign_in_link", _("Sign-in link")  # for `user`; the link is made when the mail is, so no row ever holds it


class MessageState(models.TextChoices):
    QUEUED = "queued", _("Queued")  # leaves when due_at has come
    CLAIMED = "claimed", _("Claimed")  # a worker holds it; nothing was handed over, so an expired lease is safe to requeue
    SENDING = "sending", _("Sending")  # being handed over; an expired lease is a doubt
    SENT = "sent", _("Sent")  # the relay took it
    SUPPRESSED = "suppressed", _("Not sent")  # a rule said no; `reason` says which
    CANCELLED = "cancelled", _("Cancelled")  # a person or a stop took it back
    FAILED = "failed", _("Failed")  # the relay refused for good, or too many tries
    UNKNOWN = "unknown", _("In doubt")  # a follow-up that may or may not have arrived: a person decides


UNWRITABLE = "unwritable"  # the reason of a mail whose words can't be put together
S = MessageState
COMING = (S.QUEUED, S.CLAIMED, S.SENDING)  # not left yet, or leaving now
MOVES: dict[str, frozenset[str]] = {
    S.QUEUED: frozenset({S.CLAIMED, S.SUPPRESSED, S.CANCELLED}),
    S.CLAIMED: frozenset({S.SENDING, S.QUEUED, S.SUPPRESSED, S.CANCELLED}),
    S.SENDING: frozenset({S.SENT, S.QUEUED, S.FAILED, S.UNKNOWN}),
    S.UNKNOWN: frozenset({S.SENT, S.QUEUED}),
    S.SENT: frozenset(),
    S.SUPPRESSED: frozenset(),
    S.CANCELLED: frozenset(),
    S.FAILED: frozenset(),
}


def new_message_id(pk: UUID) -> str:
    """Fixed when the row is made, so that a second copy is recognisable as the same mail."""
    return f"<{pk.hex}@{_domain(settings.DEFAULT_FROM_EMAIL)}>"


@lru_cache
def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2]


class MessageIdField(models.CharField):  # type: ignore[type-arg]
    """Made of the row's key when the row is, however it is written."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if not getattr(model_instance, self.attname):
            setattr(model_instance, self.attname, new_message_id(model_instance.pk))
        return super().pre_save(model_instance, add)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """To the database it is text."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.CharField", arguments, options


# What a person has to look at: it may not have arrived, it was refused, or no words could be put together for it.
TROUBLED = Q(state__in=["unknown", "failed"]) | Q(reason=UNWRITABLE, state="suppressed")


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=S.QUEUED, due_at__lte=now)

    def expired(self, now: datetime) -> Self:
        return self.filter(state__in=[S.CLAIMED, S.SENDING], lease_until__lte=now)

    def troubled(self) -> Self:
        return self.filter(TROUBLED)

    def stoppable(self) -> Self:
        """Nothing of these has left yet."""
        return self.filter(state__in=[S.QUEUED, S.CLAIMED])

    def move(self, before: str, after: str, **fields: Any) -> int:
        return move(self, MOVES, before, after, **fields)

    def take_back(self, reason: str) -> int:
        """Whatever of these has not left. In one statement: between two of them a worker may claim a mail, or release it."""
        return self.stoppable().update(state=S.CANCELLED, reason=reason, claim=None, lease_until=None)


class Message(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=MessageKind)
    state = models.CharField(max_length=12, choices=MessageState, default=MessageState.QUEUED)
    reason = models.CharField(max_length=60, blank=True)  # a code: why it was not sent, or the relay's answer code
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, null=True, related_name="messages", db_index=False)  # message_of_lead
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, null=True, related_name="messages")
    user = models.ForeignKey(  # for staff alerts
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, null=True, related_name="messages", db_index=False)
    step = models.PositiveSmallIntegerField(null=True)  # position in the sequence, from 1
    text = models.ForeignKey(StepText, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)  # what a follow-up says
    at_once = models.BooleanField(default=False, db_default=False)  # a person wished it: it waits for no window
    again_of = models.ForeignKey(  # the one that failed, which a person sent again
        "self", on_delete=models.CASCADE, null=True, related_name="again", db_index=False
    )
    mail = models.SlugField(blank=True, db_index=False)  # which text, in rows of the release before; goes with the next one
    to_address = models.CharField(max_length=254)
    language = models.CharField(max_length=8, default="en")

    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)  # how often it may have left unseen
    claim = models.UUIDField(null=True)  # the owner: one claim of one worker
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    message_id = MessageIdField(max_length=255)
    provider_id = models.CharField(max_length=255, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_known"),
            models.UniqueConstraint(fields=["message_id"], name="one_message_an_id"),
            # But for those that a stop took back, and those that failed: the step is sent after all, in a row of its own.
            models.UniqueConstraint(
                fields=["enrolment", "step"], condition=~Q(state__in=["cancelled", "failed"]), name="one_message_a_step"
            ),
            models.UniqueConstraint(fields=["again_of"], condition=Q(again_of__isnull=False), name="sent_again_once"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="message_due", condition=Q(state="queued")),
            models.Index(fields=["due_at"], name="message_due_first", condition=Q(state="queued") & ~Q(kind="followup")),
            models.Index(fields=["lease_until"], name="message_leased", condition=Q(state__in=["claimed", "sending"])),
            models.Index(fields=["state"], name="message_troubled", condition=TROUBLED),
            models.Index(fields=["claim"], name="message_claim", condition=Q(claim__isnull=False)),
            models.Index(fields=["lead", "created_at"], name="message_of_lead"),
            models.Index(fields=["sent_at"], name="followup_of_day", condition=Q(kind="followup", state="sent")),
            models.Index(fields=["provider_id"], name="message_of_provider", condition=~Q(provider_id="")),
            models.Index(fields=["enrolment"], name="message_of_enrolment", condition=Q(enrolment__isnull=False)),
            models.Index(fields=["text"], name="message_of_text", condition=Q(text__isnull=False)),
            models.Index(fields=["user"], name="message_of_user", condition=Q(user__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
