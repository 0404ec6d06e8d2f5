"""Guarantee M9: no follow-up outside its window."""

from datetime import datetime

import pytest

from leads.policy.hours import OpeningHours
from leads.policy.windows import CLOSES, OPENS, next_send
from tests.policy.test_hours import hours_of, local


def in_a_window(at: datetime, hours: OpeningHours) -> bool:
    day = hours.local_day(at)
    return hours.is_working_day(day) and hours.at(day, OPENS) <= at < hours.at(day, CLOSES)


@pytest.mark.parametrize(
    ("days", "not_before", "sent"),
    [
        (1, "2026-11-16 14:30", "2026-11-17 09:00"),
        (3, "2026-11-16 14:30", "2026-11-19 09:00"),
        (7, "2026-11-16 14:30", "2026-11-25 09:00"),
        (8, "2026-11-16 14:30", "2026-11-27 09:00"),  # Thanksgiving lies between
        (1, "2026-11-17 11:11", "2026-11-17 11:11"),  # held up a little: at once
        (1, "2026-11-17 17:00", "2026-11-18 09:00"),  # held up past the window: the next one
        (1, "2026-11-20 18:00", "2026-11-23 09:00"),
        (0, "2026-11-16 14:30", "2026-11-16 14:30"),
    ],
)
def test_it_leaves_in_the_first_window(days: int, not_before: str, sent: str) -> None:
    at = next_send(local("2026-11-16 14:30"), days, hours_of(), local(not_before))
    assert at == local(sent)
    assert in_a_window(at, hours_of())


def test_a_clinic_open_on_sundays_only_sends_on_sundays() -> None:
    hours = hours_of({"6": [["20:00", "21:00"]]})
    assert next_send(local("2026-11-16 14:30"), 1, hours, local("2026-11-16 14:30")) == local("2026-11-22 09:00")
