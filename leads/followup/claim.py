"""Who holds which mail. A claim is a number on the row; whoever changes the row later must still find its own number there."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, Prefetch
from django.utils import timezone

from leads.models import Message, MessageKind, MessageQuerySet, MessageState, StepText

BATCH = 100  # small enough that a backlog is shared evenly among the workers
# Once, when in doubt; follow-ups and reminders never.
SENT_AGAIN = (
    MessageKind.ACKNOWLEDGEMENT,
    MessageKind.STAFF_ALERT,
    MessageKind.OWN_PAGE,
    MessageKind.BOOKING,
    MessageKind.TEST,
    MessageKind.SIGN_IN_LINK,
)
# What mails.py asks of a row; anything else would be a query of its own.
NEEDED = [
    *("id", "kind", "mail", "text", "at_once", "claim", "to_address", "language", "attempts", "doubts", "message_id"),
    *("enquiry__name", "enquiry__reference", "enquiry__promise_at", "enquiry__crisis", "lead__name", "lead__reference"),
    *("lead__time_zone", "lead__asked_hours", "user__email"),
]
# One query a batch, where there is a follow-up in it: they share their texts.
_texts = Prefetch("text", StepText.objects.select_related("step__version"))
FREE = {"claim": None, "lease_until": None}


def claim(limit: int = BATCH) -> list[Message]:
    """Up to `limit` mails that are due, ours until the lease is over. Empty: nothing is due, or others were quicker.

    `skip_locked` only saves two workers from waiting for each other; the compare-and-set is what keeps them apart.
    """
    token, now = uuid4(), timezone.now()
    with transaction.atomic():
        Message.objects.filter(pk__in=_due_ids(limit, now)).move(
            MessageState.QUEUED, MessageState.CLAIMED, claim=token, lease_until=lease_from(now)
        )
    held = _held(token).select_related("enquiry", "lead", "user").only(*NEEDED).prefetch_related(_texts).order_by("due_at")
    return sorted(held, key=lambda message: message.kind == MessageKind.FOLLOWUP)


def _due_ids(limit: int, now: datetime) -> list[UUID]:
    """Follow-ups last: nobody's thank-you waits behind a morning's sequence mails. An index for each of the two orders."""
    due = Message.objects.due(now).order_by("due_at").select_for_update(skip_locked=True).values_list("pk", flat=True)
    first = list(due.exclude(kind=MessageKind.FOLLOWUP)[:limit])
    return first + list(due.filter(kind=MessageKind.FOLLOWUP)[: limit - len(first)])


def own(message: Message) -> MessageQuerySet:
    """The row, as long as it is held by the claim that `message` was read under (fencing)."""
    return Message.objects.filter(pk=message.pk, claim=message.claim)


def release(messages: Iterable[Message], due_at: datetime | None = None) -> None:
    """Back to the queue untouched: time is up, the relay is away, or the window has closed."""
    for token, ids in _by_claim(messages).items():
        fields = FREE | ({"due_at": due_at} if due_at else {})
        _held(token).filter(pk__in=ids).move(MessageState.CLAIMED, MessageState.QUEUED, **fields)


def requeue_expired(now: datetime) -> None:
    """What a dead worker held. Claimed: nothing was handed over. Sending: a doubt, once again for all but follow-ups and reminders."""
    expired = Message.objects.expired(now)
    expired.move(MessageState.CLAIMED, MessageState.QUEUED, **FREE)
    again = expired.filter(kind__in=SENT_AGAIN, doubts=0)
    again.move(MessageState.SENDING, MessageState.QUEUED, doubts=F("doubts") + 1, due_at=now, **FREE)
    expired.move(MessageState.SENDING, MessageState.UNKNOWN, reason="lease_over", **FREE)


def lease_from(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.MAIL_LEASE)


def _held(token: UUID) -> MessageQuerySet:
    return Message.objects.filter(claim=token, state=MessageState.CLAIMED)


def _by_claim(messages: Iterable[Message]) -> dict[UUID, list[UUID]]:
    groups: dict[UUID, list[UUID]] = {}
    for message in messages:
        if message.claim:
            groups.setdefault(message.claim, []).append(message.pk)
    return groups
