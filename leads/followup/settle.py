"""What an outcome means for the row. Each move names the claim it was read under: a worker past its lease changes nothing."""

import random
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from leads.followup import actions
from leads.followup.claim import FREE, SENT_AGAIN, own
from leads.followup.letterhead import Letterhead
from leads.followup.outcome import Outcome, Result
from leads.followup.put_off import unless_stopped
from leads.followup.schedule import next_window
from leads.models import Message, MessageKind, MessageQuerySet, MessageState, Suppression, SuppressionReason

TRIES = 8
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=6)

SENDING = MessageState.SENDING

_here = Suppression.objects.filter(address=OuterRef("to_address"))
# Is it a follow-up? Somebody who asked us to stop still gets the answer to their own enquiry; an address that does not exist gets nothing.
UNWANTED = {True: Exists(_here), False: Exists(_here.exclude(reason=SuppressionReason.OPTED_OUT))}


def settle(message: Message, outcome: Outcome, head: Letterhead) -> None:
    match outcome.result:
        case Result.SENT:
            _sent(own(message), outcome)
        case Result.LATER:
            try_later(message, outcome.reason, head, SENDING, MessageState.FAILED)
        case Result.REFUSED:
            own(message).move(SENDING, MessageState.FAILED, reason=outcome.reason, **FREE)
            if outcome.nobody_there and message.lead_id and not message.user_id:  # staff's alerts are never silenced
                actions.suppress(address=message.to_address, reason=SuppressionReason.BOUNCED, by=None)
        case Result.DOUBT:
            _doubt(message, outcome.reason)


@transaction.atomic
def suppress(message: Message) -> None:
    """Nor does anything else run for an address that gets no mail. Does nothing where the reason for not sending it is another one."""
    unwanted = UNWANTED[message.kind == MessageKind.FOLLOWUP]
    suppressed = own(message).filter(unwanted).move(MessageState.CLAIMED, MessageState.SUPPRESSED, reason="suppressed", **FREE)
    if suppressed and message.lead_id and not message.user_id:
        actions.stop_suppressed(address=message.to_address, by=None)


def try_later(message: Message, reason: str, head: Letterhead, before: str, at_last: str) -> None:
    """At most TRIES times; `message.attempts` is what it was when claimed."""
    tries = message.attempts + 1
    if tries >= TRIES:
        own(message).move(before, at_last, reason=reason, **FREE)
        return
    due_at = timezone.now() + back_off(tries)
    if message.kind == MessageKind.FOLLOWUP and not message.at_once:
        due_at = next_window(due_at, head.windows_of(message))
    own(message).move(before, MessageState.QUEUED, reason=reason, due_at=due_at, attempts=tries, **FREE)
    if message.kind == MessageKind.FOLLOWUP:
        transaction.on_commit(partial(unless_stopped, message), robust=True)


def back_off(tries: int) -> timedelta:
    """1, 3, 9, 27, … minutes to 6 hours, a fifth more or less, so that what failed together does not come back together."""
    wait = min(SHORTEST * pow(3.0, tries - 1), LONGEST)
    return wait * random.uniform(0.8, 1.2)  # noqa: S311  # nosec B311: no secret depends on it


def _sent(row: MessageQuerySet, outcome: Outcome) -> None:
    row.move(SENDING, MessageState.SENT, sent_at=timezone.now(), reason="", provider_id=outcome.provider_id, **FREE)


def _doubt(message: Message, reason: str) -> None:
    """Better two thank-yous than none, once; a follow-up waits for a person instead."""
    if message.kind in SENT_AGAIN and not message.doubts:
        due_at = timezone.now() + back_off(1)
        own(message).move(SENDING, MessageState.QUEUED, reason=reason, due_at=due_at, doubts=F("doubts") + 1, **FREE)
    else:
        own(message).move(SENDING, MessageState.UNKNOWN, reason=reason, **FREE)
