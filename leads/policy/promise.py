"""When we say that somebody will answer."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime

from leads.models import Answer, Clinic, Remembered
from leads.policy.hours import OpeningHours, opening_hours

QUARTER = 15 * 60  # seconds
RECENT = 20

recent_open_seconds = Remembered(lambda: list(Answer.objects.order_by("-answered_at").values_list("open_seconds", flat=True)[:RECENT]))


def promise_at(received_at: datetime) -> datetime:
    """By the clinic's own hours, and by how quickly the last enquiries were answered."""
    return promise_for(received_at, opening_hours(), Clinic.current().promise_hours, recent_open_seconds())


def promise_for(received_at: datetime, hours: OpeningHours, promise_hours: float, recent_open_seconds: Sequence[int]) -> datetime:
    """So many opening hours after receipt, or as long as four of five of the last answers took where that is longer.

    `recent_open_seconds` are the opening seconds that the last 20 answers took, in any order. Rounded up to the quarter hour.
    """
    seconds = max(promise_hours * 3600, slow_answer(recent_open_seconds))
    return _round_up(hours.add(received_at, seconds))


def slow_answer(seconds: Sequence[int]) -> int:
    """The 80th percentile: four of five answers were at least as quick (nearest rank). 0 while there are none."""
    return sorted(seconds)[math.ceil(len(seconds) * 4 / 5) - 1] if seconds else 0


def _round_up(at: datetime) -> datetime:
    return datetime.fromtimestamp(math.ceil(at.timestamp() / QUARTER) * QUARTER, tz=UTC)
