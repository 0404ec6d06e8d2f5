"""Who is at work: by the clinic's hours or their own, on the clinic's calendar, and not while away."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.models import User
from leads.policy.at_work import is_at_work, is_away, was_open_for
from leads.policy.hours import OpeningHours, parse_week

NEW_YORK = OpeningHours(ZoneInfo("America/New_York"), parse_week({str(day): [["09:00", "17:00"]] for day in range(5)}))
MONDAY_TEN = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)


def bob(**fields: object) -> User:
    return User(email="bob@example.com", name="Bob", **fields)


def test_whoever_has_no_hours_works_while_the_clinic_is_open() -> None:
    assert is_at_work(bob(), MONDAY_TEN, NEW_YORK)
    assert not is_at_work(bob(), MONDAY_TEN - timedelta(hours=2), NEW_YORK)


def test_own_hours_go_before_the_clinics() -> None:
    afternoons = bob(work_hours={"0": [["13:00", "20:00"]]})
    assert not is_at_work(afternoons, MONDAY_TEN, NEW_YORK)
    assert is_at_work(afternoons, MONDAY_TEN + timedelta(hours=9), NEW_YORK)
    assert not is_at_work(afternoons, MONDAY_TEN + timedelta(days=1, hours=5), NEW_YORK), "on Tuesdays they don't work"


@pytest.mark.parametrize(
    ("day", "away"), [(date(2026, 5, 31), False), (date(2026, 6, 1), True), (date(2026, 6, 3), True), (date(2026, 6, 4), False)]
)
def test_both_days_of_an_absence_are_away(day: date, away: bool) -> None:
    assert is_away(bob(away_from=date(2026, 6, 1), away_until=date(2026, 6, 3)), day) is away


def test_an_absence_without_an_end_has_none() -> None:
    assert is_away(bob(away_from=date(2026, 6, 1)), date(2030, 1, 1))
    assert not is_at_work(bob(away_from=date(2026, 6, 1)), MONDAY_TEN, NEW_YORK)


@given(minutes=st.integers(0, 2 * 365 * 24 * 60), hours=st.integers(1, 40))
def test_since_when_the_clinic_was_open_for_so_long(minutes: int, hours: int) -> None:
    at = MONDAY_TEN + timedelta(minutes=minutes)
    since = was_open_for(hours * 3600, at, NEW_YORK)
    assert NEW_YORK.between(since, at) >= hours * 3600
    assert NEW_YORK.between(since + timedelta(seconds=2), at) <= hours * 3600
