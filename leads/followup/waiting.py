"""Several lines to the relay, waited for at once."""

import math
import select
import time
from collections.abc import Iterable
from typing import Protocol

from leads.followup.outcome import Outcome

LONGEST_LINGER = 20  # milliseconds that an answer waits for others


class Line(Protocol):
    until: float  # when silence has lasted too long (time.monotonic)

    def fileno(self) -> int: ...

    def hear(self) -> Outcome | None:
        """What has come by now; the outcome once it is known."""


def finished(lines: Iterable[Line], linger: float = 0) -> list[tuple[Line, Outcome]]:
    """Those whose mail has an outcome: one at least, and whoever follows the one before within `linger` seconds."""
    waiting, done = list(lines), list[tuple[Line, Outcome]]()
    pause = min(LONGEST_LINGER, math.ceil(1000 * linger))
    while waiting and (heard := _heard(waiting, pause if done else None)):
        outcomes = [(line, line.hear()) for line in heard]
        done += [(line, outcome) for line, outcome in outcomes if outcome]
        waiting = [line for line in waiting if all(line is not other for other, _ in done)]
    return done


def _heard(lines: list[Line], milliseconds: int | None) -> list[Line]:
    """Who can be heard, or was silent for too long; nobody where the time is up before."""
    poll = select.poll()
    by_number = {line.fileno(): line for line in lines}
    for number in by_number:
        poll.register(number, select.POLLIN)
    now = time.monotonic()
    first = max(0, math.ceil(1000 * (min(line.until for line in lines) - now)))
    heard = [by_number[number] for number, _ in poll.poll(first if milliseconds is None else min(first, milliseconds))]
    now = time.monotonic()
    return heard or [line for line in lines if line.until <= now]
