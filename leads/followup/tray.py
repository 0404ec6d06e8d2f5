"""What one worker holds and has not begun: claimed in batches, written one by one."""

import logging
import time
from collections import defaultdict, deque
from datetime import datetime

from django.utils import timezone

from leads.followup.booking_rules import that_still_hold
from leads.followup.claim import claim, release
from leads.followup.compose import compose
from leads.followup.letter import Letter
from leads.followup.letterhead import Letterhead
from leads.followup.pace import at_their_pace
from leads.followup.schedule import next_window
from leads.followup.settle import try_later
from leads.followup.trouble import describe
from leads.models import Message, MessageKind, MessageState
from leads.models.message import UNWRITABLE

logger = logging.getLogger(__name__)

BACKLOG = 50  # mails that are worth greeting the relay on several lines


class Tray:
    """Gives nothing more, and claims nothing more, once `until` (time.monotonic) has come."""

    def __init__(self, until: float) -> None:
        self._until = until
        self._left: deque[Message] = deque()
        self._refill()
        self.is_backlog = len(self._left) >= BACKLOG

    def __bool__(self) -> bool:
        """Whether there is something to hand over, and time for it."""
        in_time = time.monotonic() < self._until
        while in_time and not self._left and not self._nothing_due:
            self._refill()
        return in_time and bool(self._left)

    def _refill(self) -> None:
        """Once nothing was due, this tray asks no more: what comes later rings for itself."""
        batch, self.head = claim(), Letterhead.current()
        self._nothing_due = not batch
        self._left.extend(_at_their_pace(that_still_hold(_inside_their_window(batch, self.head), self.head.hours)))

    def take(self) -> tuple[Message, Letter] | None:
        """The next one; None where it can't be written."""
        message = self._left.popleft()
        letter = self._written(message)
        return (message, letter) if letter else None

    def _written(self, message: Message) -> Letter | None:
        """A mail that can't be written is put aside, and holds up nobody else's."""
        try:
            return compose(message, self.head)
        except Exception as error:  # whatever a template or a row can raise
            logger.error("Mail %s can't be written: %s.", message.pk, describe(error))  # its own words may be the visitor's
            try_later(message, UNWRITABLE, self.head, MessageState.CLAIMED, MessageState.SUPPRESSED)
            return None

    def release(self, due_at: datetime | None = None) -> None:
        """What time or the relay does not allow for goes back to the queue as it was."""
        release(self._left, due_at)
        self._left.clear()


def _inside_their_window(batch: list[Message], head: Letterhead) -> list[Message]:
    """A follow-up that was held up does not leave at night, unless a person wished it."""
    now, waiting = timezone.now(), defaultdict[datetime, list[Message]](list)
    for message in batch:
        if message.kind == MessageKind.FOLLOWUP and not message.at_once:
            waiting[next_window(now, head.windows_of(message))].append(message)
    held = {opens: messages for opens, messages in waiting.items() if opens > now}
    for opens, messages in held.items():
        release(messages, opens)
    away = {message.pk for messages in held.values() for message in messages}
    return [message for message in batch if message.pk not in away] if away else batch


def _at_their_pace(batch: list[Message]) -> list[Message]:
    """What is above MAIL_RATE goes back to the queue, to be due later."""
    go, wait = at_their_pace(batch)
    for due_at, messages in wait.items():
        release(messages, due_at)
    return go
