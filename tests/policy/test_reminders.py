"""A reminder leaves on the day before, when mail may leave there, and never after what it reminds of."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.models import ContactRule, Days, PartOfDay
from leads.policy.contact_times import suits, week_of
from leads.policy.reminders import remind_at
from leads.policy.windows import SendWindows
from tests.policy.test_hours import hours_of, local

HOURS = {"morning": (8, 12), "afternoon": (12, 17), "evening": (17, 20)}
ZONES = ["America/New_York", "Europe/Madrid", "Asia/Kathmandu", "Pacific/Auckland", "America/Sao_Paulo", "Africa/Cairo", "UTC"]


def rule(*times: str, days: str = "any") -> ContactRule:
    return ContactRule(times=list(times), days=days)


def windows(said: ContactRule | None = None, zone: str = "") -> SendWindows:
    return SendWindows.of(week_of(said), hours_of(), zone)


@pytest.mark.parametrize(
    ("starts_at", "said", "leaves"),
    [
        ("2026-12-02 14:00", None, "2026-12-01 09:00"),
        ("2026-12-02 08:00", None, "2026-12-01 09:00"),
        ("2026-11-30 14:00", None, "2026-11-27 09:00"),  # a Monday: no mail on a weekend
        ("2026-11-27 14:00", None, "2026-11-25 09:00"),  # the day after Thanksgiving
        ("2026-12-02 14:00", rule("evening"), "2026-12-01 17:00"),
        ("2026-12-02 14:00", rule("morning", "evening"), "2026-12-01 08:00"),
        ("2026-11-30 14:00", rule("morning"), "2026-11-29 08:00"),  # on any day, they said
        ("2026-12-02 14:00", rule(days="weekend"), "2026-11-29 09:00"),
        ("2026-11-30 14:00", rule("afternoon", days="weekdays"), "2026-11-27 12:00"),
    ],
)
def test_it_leaves_on_the_day_before(starts_at: str, said: ContactRule | None, leaves: str) -> None:
    assert remind_at(local(starts_at), windows(said)) == local(leaves)


def test_the_day_is_the_leads_own() -> None:
    """Monday evening here, Tuesday morning there."""
    there = windows(zone="Australia/Sydney")
    leaves = remind_at(local("2026-11-30 19:00"), there)
    assert leaves
    assert leaves.astimezone(ZoneInfo("Australia/Sydney")).strftime("%a %H:%M") == "Mon 09:00"


def test_nothing_is_said_means_nothing_is_changed() -> None:
    assert week_of(None) == week_of(rule()) == {}
    assert suits(rule(), local("2026-11-29 03:00"), ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("said", "at", "fits"),
    [
        (rule("morning"), "2026-12-01 11:59", True),
        (rule("morning"), "2026-12-01 12:00", False),
        (rule("evening"), "2026-12-01 07:00", False),
        (rule(days="weekdays"), "2026-11-28 10:00", False),
        (rule(days="weekend"), "2026-11-28 23:00", True),
        (rule("nonsense", days="never"), "2026-11-28 23:00", True),  # what no form of ours says counts for nothing
    ],
)
def test_whether_a_time_suits_them(said: ContactRule, at: str, fits: bool) -> None:
    assert suits(said, local(at), ZoneInfo("America/New_York")) is fits


@settings(deadline=None, max_examples=300)
@given(
    starts_at=st.integers(0, 2 * 366 * 24 * 12).map(lambda steps: datetime(2026, 1, 1, tzinfo=UTC) + steps * timedelta(minutes=5)),
    zone=st.sampled_from(ZONES),
    times=st.lists(st.sampled_from(PartOfDay.values), unique=True),
    days=st.sampled_from(Days.values),
)
def test_wherever_they_live_and_whatever_they_said(starts_at: datetime, zone: str, times: list[str], days: str) -> None:
    leaves = remind_at(starts_at, windows(ContactRule(times=times, days=days), zone))
    assert leaves is not None
    assert timedelta(0) < starts_at - leaves < timedelta(days=8, hours=2)
    there = leaves.astimezone(ZoneInfo(zone))
    assert there.date() < starts_at.astimezone(ZoneInfo(zone)).date()
    assert days == "any" or (there.weekday() < 5) is (days == "weekdays")
    assert any(since <= there.hour < until for since, until in [HOURS[part] for part in times] or [(9, 17)])
