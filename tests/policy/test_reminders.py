"""A reminder leaves on the day before, when mail may leave there, and never after what it reminds of."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.models import Days, PartOfDay
from leads.policy.asked_hours import suits
from leads.policy.reminders import remind_at
from leads.policy.windows import SendWindows
from tests.policy.test_hours import hours_of, local

HOURS = {"morning": (8, 12), "afternoon": (12, 17), "evening": (17, 20)}
ZONES = ["America/New_York", "Europe/Madrid", "Asia/Kathmandu", "Pacific/Auckland", "America/Sao_Paulo", "Africa/Cairo", "UTC"]


def windows(asked: str = "", zone: str = "") -> SendWindows:
    return SendWindows.of({}, hours_of(), zone, asked)


@pytest.mark.parametrize(
    ("starts_at", "asked", "leaves"),
    [
        ("2026-12-02 14:00", "", "2026-12-01 09:00"),
        ("2026-12-02 08:00", "", "2026-12-01 09:00"),
        ("2026-11-30 14:00", "", "2026-11-27 09:00"),  # a Monday: no mail on a weekend
        ("2026-11-27 14:00", "", "2026-11-25 09:00"),  # the day after Thanksgiving
        ("2026-12-02 14:00", "any evening", "2026-12-01 17:00"),
        ("2026-12-02 14:00", "any morning evening", "2026-12-01 09:00"),
        ("2026-11-30 14:00", "any morning", "2026-11-27 09:00"),
        ("2026-12-02 14:00", "weekend", "2026-11-29 09:00"),
        ("2026-11-30 14:00", "weekdays afternoon", "2026-11-27 12:00"),
    ],
)
def test_it_leaves_on_the_day_before(starts_at: str, asked: str, leaves: str) -> None:
    assert remind_at(local(starts_at), windows(asked)) == local(leaves)


def test_the_day_is_the_leads_own() -> None:
    """Monday evening here, Tuesday morning there."""
    there = windows(zone="Australia/Sydney")
    leaves = remind_at(local("2026-11-30 19:00"), there)
    assert leaves
    assert leaves.astimezone(ZoneInfo("Australia/Sydney")).strftime("%a %H:%M") == "Mon 09:00"


@pytest.mark.parametrize(
    ("asked", "at", "fits"),
    [
        ("", "2026-11-29 03:00", True),
        ("any morning", "2026-12-01 11:59", True),
        ("any morning", "2026-12-01 12:00", False),
        ("any evening", "2026-12-01 07:00", False),
        ("weekdays", "2026-11-28 10:00", False),
        ("weekend", "2026-11-28 23:00", True),
    ],
)
def test_whether_a_time_suits_them(asked: str, at: str, fits: bool) -> None:
    assert suits(asked, local(at)) is fits


@settings(deadline=None, max_examples=300)
@given(
    starts_at=st.integers(0, 2 * 366 * 24 * 12).map(lambda steps: datetime(2026, 1, 1, tzinfo=UTC) + steps * timedelta(minutes=5)),
    zone=st.sampled_from(ZONES),
    times=st.lists(st.sampled_from(PartOfDay.values), unique=True),
    days=st.sampled_from(Days.values),
)
def test_wherever_they_live_and_whatever_they_said(starts_at: datetime, zone: str, times: list[str], days: str) -> None:
    leaves = remind_at(starts_at, windows(" ".join([days, *times]), zone))
    assert leaves is not None
    assert timedelta(0) < starts_at - leaves < timedelta(days=8, hours=2)
    there = leaves.astimezone(ZoneInfo(zone))
    assert there.date() < starts_at.astimezone(ZoneInfo(zone)).date()
    assert days == "any" or (there.weekday() < 5) is (days == "weekdays")
    assert any(since <= there.hour < until for since, until in [HOURS[part] for part in times] or [(9, 17)])
