"""Mail leaves: claim a batch, and for each mail write the letter, mark it as being handed over, hand it over, settle.

Marking is committed before the relay hears a word, together with settling the mail before it: one commit a mail, and at any
moment each connection has at most one mail about which a crash leaves a doubt.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from leads.followup.claim import claim, mark_sending, release, suppress
from leads.followup.compose import compose
from leads.followup.letter import Letter
from leads.followup.letterhead import Letterhead
from leads.followup.outcome import Outcome, Result, Unreachable
from leads.followup.outlet import Outlet, new_outlet
from leads.followup.schedule import next_window
from leads.followup.settle import settle, try_later
from leads.followup.trouble import describe
from leads.followup.turn import turn
from leads.models import Message, MessageKind, MessageState

logger = logging.getLogger(__name__)

RELAY_AWAY = timedelta(seconds=30)


def drain(until: float, batch: list[Message] | None = None) -> None:
    """Hands over what is due, `batch` first, until nothing is, or `until` (time.monotonic) has come."""
    batch = claim() if batch is None else batch
    with closing(new_outlet()) as outlet:
        while batch:
            deliver_batch(batch, outlet, until)
            batch = claim() if time.monotonic() < until else []


def deliver_batch(batch: list[Message], outlet: Outlet, until: float) -> None:
    """What time or the relay does not allow for goes back to the queue as it was."""
    head = Letterhead.current()
    left = iter(_inside_their_window(batch, head))
    try:
        _hand_over_each(left, outlet, head, until)
    except Unreachable as error:
        logger.warning("The mail relay can't be reached (%s).", error)
        release(batch, timezone.now() + RELAY_AWAY)
    release(left)


def _inside_their_window(batch: list[Message], head: Letterhead) -> list[Message]:
    """A follow-up that was held up does not leave at night."""
    now = timezone.now()
    opens = next_window(now, head.hours)
    if opens <= now:
        return batch
    followups = [message for message in batch if message.kind == MessageKind.FOLLOWUP]
    release(followups, opens)
    return [message for message in batch if message.kind != MessageKind.FOLLOWUP]


def _hand_over_each(batch: Iterator[Message], outlet: Outlet, head: Letterhead, until: float) -> None:
    leaving: tuple[Message, Outcome] | None = None
    try:
        while time.monotonic() < until and (message := next(batch, None)):
            letter = _written(message, head)
            if letter is not None:
                outlet.open()
                marked = _settled_and_marked(leaving, message, head)
                leaving = (message, outlet.send(letter)) if marked else None
    finally:
        if leaving:
            settle(*leaving, head)


def _written(message: Message, head: Letterhead) -> Letter | None:
    """A mail that can't be written is put aside, and holds up nobody else's."""
    try:
        return compose(message, head)
    except Exception as error:  # whatever a template or a row can raise
        logger.error("Mail %s can't be written: %s.", message.pk, describe(error))  # its own words may be the visitor's
        try_later(message, "unwritable", head, MessageState.CLAIMED, MessageState.SUPPRESSED)
        return None


def _settled_and_marked(leaving: tuple[Message, Outcome] | None, message: Message, head: Letterhead) -> bool:
    if not leaving:
        return mark_sending(message)
    if leaving[1].result == Result.SENT:
        if not (marked := turn(*leaving, message)):
            suppress(message)
        return marked
    with transaction.atomic():
        settle(*leaving, head)
        return mark_sending(message)
