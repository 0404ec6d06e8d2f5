"""Laws of follow-up over zones, daylight saving, leap days, weekends and holidays: in a window, in order, none lost, none twice."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from leads.models import Days, PartOfDay, Unit
from leads.policy.hours import OpeningHours
from leads.policy.waits import LATE, Wait, due_after, left_at, moments
from leads.policy.windows import SendWindows
from tests.policy.test_hours_laws import CHANGING, STEADY, every_hours, weeks
from tests.policy.test_hours_laws import moments as times
from tests.policy.test_windows import in_a_window

HALF_AN_HOUR = timedelta(minutes=30)
HOURS = {"morning": (8, 12), "afternoon": (12, 17), "evening": (17, 20)}
zones = st.sampled_from(["", *CHANGING, *STEADY, "America/Los_Angeles", "Asia/Tokyo"])
waits = st.lists(st.tuples(st.integers(1, 15), st.sampled_from(Unit.values)), min_size=1, max_size=6)
laws = settings(deadline=None, max_examples=500)


parts = st.lists(st.sampled_from(PartOfDay.values), unique=True)
wishes = st.just("") | st.builds(lambda days, times: " ".join([days, *times]), st.sampled_from(Days.values), parts)


def windows_of(hours: OpeningHours, week: dict[str, Any], zone: str, asked: str = "") -> SendWindows:
    return SendWindows.of(week, hours, zone, asked)


every_window = st.builds(windows_of, every_hours, st.just({}) | weeks, zones, wishes)


@laws
@given(every_window, waits, times, st.timedeltas(timedelta(0), timedelta(days=4)))
def test_every_mail_leaves_once_in_its_window_and_in_order(
    windows: SendWindows, steps: list[Wait], written_at: datetime, promised: timedelta
) -> None:
    planned = moments(steps, written_at, windows, written_at + promised)
    assert len(planned) == len(steps)
    assert all(in_a_window(at, windows) for at in planned)
    assert all(earlier <= later for earlier, later in pairwise([written_at + promised, *planned]))


@laws
@given(every_window, waits, times)
def test_none_leaves_before_it_has_waited(windows: SendWindows, steps: list[Wait], written_at: datetime) -> None:
    since = written_at
    for (number, unit), at in zip(steps, moments(steps, written_at, windows), strict=True):
        if unit in (Unit.MINUTES, Unit.HOURS):
            assert at - since >= timedelta(**{unit: number})
        elif unit == Unit.DAYS:
            assert at.astimezone(windows.zone).date() - since.astimezone(windows.zone).date() >= timedelta(days=number)
        else:
            assert working_days_between(windows, since, at) >= number
        since = at


def working_days_between(windows: SendWindows, since: datetime, until: datetime) -> int:
    """Of the days after the first, up to the last."""
    first, last = since.astimezone(windows.zone).date(), until.astimezone(windows.zone).date()
    days = (first + timedelta(days=count) for count in range(1, (last - first).days + 1))
    return sum(map(windows.hours.is_working_day, days))


@laws
@given(every_window, times)
def test_the_next_window_is_the_first(windows: SendWindows, at: datetime) -> None:
    opens = windows.next(at)
    assert opens >= at
    watched = (at + timedelta(minutes=15 * count) for count in range(300))
    assert not any(in_a_window(moment, windows) for moment in watched if moment < opens)


@laws
@given(every_window, waits, times, st.lists(st.timedeltas(timedelta(0), LATE), min_size=6, max_size=6))
def test_slow_sweeps_never_shift_the_plan(windows: SendWindows, steps: list[Wait], written_at: datetime, late: list[timedelta]) -> None:
    """As the engine goes: one after the other, each sweep a little late. A window that closes meanwhile is another matter."""
    planned = moments(steps, written_at, windows)
    for (at, following), wait, delay in zip(pairwise(planned), steps[1:], late, strict=False):
        now = at + delay
        due = due_after(wait, left_at(at, now), windows, now)
        assert due == max(following, windows.next(now))


@laws
@given(every_window, waits, times, st.timedeltas(LATE + timedelta(seconds=1), timedelta(days=40)))
def test_what_is_really_late_keeps_its_distance(windows: SendWindows, steps: list[Wait], planned: datetime, late: timedelta) -> None:
    now = planned + late
    assert due_after(steps[0], left_at(planned, now), windows, now) == due_after(steps[0], now, windows)


@laws
@given(every_hours, st.just({}) | weeks, zones, wishes.filter(bool), times)
def test_who_said_when_to_be_reached_gets_mail_at_no_other_time(
    hours: OpeningHours, week: dict[str, Any], zone: str, asked: str, at: datetime
) -> None:
    """And within the sequence's own windows, unless these have no such time at all."""
    usual, theirs = windows_of(hours, week, zone), windows_of(hours, week, zone, asked)
    leaves = theirs.next(at)
    assert wanted(asked, theirs, leaves)
    assert in_a_window(leaves, usual) or not any(wanted(asked, usual, usual.next(at + number * HALF_AN_HOUR)) for number in range(48 * 8))


def wanted(asked: str, windows: SendWindows, at: datetime) -> bool:
    """Told from the calendar and the clock alone."""
    days, *parts_of_day = asked.split()
    local = at.astimezone(windows.zone)
    on_such_a_day = days == "any" or (local.weekday() >= 5) == (days == "weekend")
    return on_such_a_day and (not parts_of_day or any(HOURS[part][0] <= local.hour < HOURS[part][1] for part in parts_of_day))
