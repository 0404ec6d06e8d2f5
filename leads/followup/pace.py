"""How many mails may leave in a time: to a recipient's domain, and to all of them together (MAIL_RATE). Exact across workers.

Counted in windows of the clock as a worker takes them up, a batch at a time; the rows are held while it is decided. What does not fit
waits in the queue until a later window, without a try. A quarter of each window is not for follow-ups, so that an acknowledgement never
waits behind them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from leads.models import Message, MessageKind, count_more, held_counts, window_start

SCOPE = "mail"
ALL = "*"

Waiting = dict[datetime, list[Message]]  # by when they are due again


@dataclass
class Room:
    """What one rule lets through in this window."""

    most: int
    seconds: int
    used: int
    taken: int = 0
    late: int = 0

    def has_place_for(self, message: Message) -> bool:
        return self.used + self.taken < self._share(message)

    def _share(self, message: Message) -> int:
        return self.most - self.most // 4 if message.kind == MessageKind.FOLLOWUP else self.most

    def next_place(self, message: Message, now: datetime) -> datetime:
        """The next window's start; a later one for those that it will not hold, so that they don't all come back at once."""
        windows = 1 + self.late // self._share(message)
        self.late += 1
        return window_start(now, self.seconds) + timedelta(seconds=windows * self.seconds)


def at_their_pace(batch: list[Message]) -> tuple[list[Message], Waiting]:
    """Those that may leave now, and the others. Asks nobody where no rate is set."""
    if not (settings.MAIL_RATES and batch):
        return batch, {}
    now = timezone.now()
    with transaction.atomic():
        rooms = _rooms({_domain(message) for message in batch}, now)
        go, wait = _sorted_out(batch, rooms, now)
        for subject, room in sorted(rooms.items()):
            if room.taken:
                count_more(SCOPE, subject, room.seconds, room.taken, now)
    return go, wait


def _rooms(domains: Iterable[str], now: datetime) -> dict[str, Room]:
    rates = {subject: settings.MAIL_RATES[subject] for subject in {*domains, ALL} if subject in settings.MAIL_RATES}
    used = held_counts([(SCOPE, subject, seconds) for subject, (_, seconds) in rates.items()], now)
    return {subject: Room(most, seconds, used[subject]) for subject, (most, seconds) in rates.items()}


def _sorted_out(batch: list[Message], rooms: dict[str, Room], now: datetime) -> tuple[list[Message], Waiting]:
    go: list[Message] = []
    wait: Waiting = defaultdict(list)
    for message in batch:
        theirs = [rooms[subject] for subject in (_domain(message), ALL) if subject in rooms]
        if full := [room for room in theirs if not room.has_place_for(message)]:
            wait[max(room.next_place(message, now) for room in full)].append(message)
        else:
            for room in theirs:
                room.taken += 1
            go.append(message)
    return go, wait


def _domain(message: Message) -> str:
    return message.to_address.rpartition("@")[2].lower()
