"""Guarantee M9: no follow-up outside its window."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from leads.policy.hours import DAY
from leads.policy.waits import due_after
from leads.policy.windows import CLOSES, OPENS, SendWindows
from tests.policy.test_hours import hours_of, local

SATURDAY_MORNING = {"5": [["10:00", "12:00"]]}


def windows_of(windows: dict[str, Any] | None = None, zone: str = "") -> SendWindows:
    return SendWindows.of(windows or {}, hours_of(), zone)


def in_a_window(at: datetime, windows: SendWindows) -> bool:
    """Told from the calendar and the clock alone."""
    today = at.astimezone(windows.zone).date()
    return any(opens <= at < closes for day in (today - DAY, today) for opens, closes in _on(day, windows))


def _on(day: date, windows: SendWindows) -> list[tuple[datetime, datetime]]:
    midnight = datetime.combine(day, time(), windows.zone)
    if windows.week is None:
        week = [(OPENS, CLOSES)] if windows.hours.is_working_day(day) else []
    else:
        week = [] if windows.hours.is_holiday(day) else list(windows.week[day.weekday()])
    return [((midnight + opens).astimezone(UTC), (midnight + closes).astimezone(UTC)) for opens, closes in week]


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
    at = due_after((days, "working_days"), local("2026-11-16 14:30"), windows_of(), local(not_before))
    assert at == local(sent)
    assert in_a_window(at, windows_of())


@pytest.mark.parametrize(
    ("number", "unit", "sent"),
    [
        (10, "minutes", "2026-11-20 15:40"),
        (3, "hours", "2026-11-23 09:00"),  # 18:30 on a Friday is too late
        (1, "days", "2026-11-23 09:00"),  # a Saturday
        (3, "days", "2026-11-23 09:00"),
        (4, "days", "2026-11-24 09:00"),
        (1, "working_days", "2026-11-23 09:00"),
    ],
)
def test_each_unit_waits_in_its_own_way(number: int, unit: str, sent: str) -> None:
    friday = local("2026-11-20 15:30")
    assert due_after((number, unit), friday, windows_of()) == local(sent)


def test_a_clinic_open_on_sundays_only_sends_on_sundays() -> None:
    windows = SendWindows.of({}, hours_of({"6": [["20:00", "21:00"]]}))
    assert due_after((1, "working_days"), local("2026-11-16 14:30"), windows) == local("2026-11-22 09:00")


def test_windows_of_its_own_may_lie_on_days_on_which_the_clinic_is_not_open() -> None:
    assert windows_of(SATURDAY_MORNING).next(local("2026-11-16 14:30")) == local("2026-11-21 10:00")


def test_but_never_on_a_holiday() -> None:
    """Independence Day 2026 is a Saturday."""
    assert windows_of(SATURDAY_MORNING).next(local("2026-06-29 10:00")) == local("2026-07-11 10:00")


def test_they_are_on_the_clock_of_whoever_gets_the_mail() -> None:
    at = windows_of(zone="America/Los_Angeles").next(local("2026-11-16 09:00"))
    assert at == local("2026-11-16 12:00")
    assert at.astimezone(ZoneInfo("America/Los_Angeles")) == datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("America/Los_Angeles"))


def test_working_days_are_the_clinics_on_the_leads_calendar() -> None:
    """Monday 16 November, 14:30 in New York is Tuesday in Tokyo: one working day later is Wednesday."""
    tokyo = ZoneInfo("Asia/Tokyo")
    at = due_after((1, "working_days"), local("2026-11-16 14:30"), windows_of(zone="Asia/Tokyo"))
    assert at == datetime(2026, 11, 18, 9, tzinfo=tokyo)


def test_no_weekday_at_all_is_no_window_of_its_own() -> None:
    assert windows_of({"0": []}).next(local("2026-11-16 20:00")) == local("2026-11-17 09:00")
