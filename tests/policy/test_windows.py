"""Guarantee M9: no follow-up outside its window."""

import pytest

from leads.policy.windows import may_send_at, next_send
from tests.policy.test_hours import hours_of, local


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
    assert may_send_at(at, hours_of())


def test_a_clinic_open_on_sundays_only_sends_on_sundays() -> None:
    hours = hours_of({"6": [["20:00", "21:00"]]})
    assert next_send(local("2026-11-16 14:30"), 1, hours, local("2026-11-16 14:30")) == local("2026-11-22 09:00")


@pytest.mark.parametrize("at", ["2026-11-16 08:59", "2026-11-16 17:00", "2026-11-21 12:00", "2026-11-26 12:00"])
def test_outside_the_window_nothing_may_leave(at: str) -> None:
    assert not may_send_at(local(at), hours_of())
