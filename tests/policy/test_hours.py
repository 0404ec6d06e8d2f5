"""Opening time: how much of it lies between two moments, and when so much of it will have passed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from leads.models import Clinic
from leads.policy.hours import OpeningHours, parse_week

NEW_YORK = ZoneInfo("America/New_York")
WEEKDAYS = {str(day): [["09:00", "17:00"]] for day in range(5)}


def hours_of(hours: Any = None, zone: str = "America/New_York", closures: tuple[date, ...] = (), country: str = "US") -> OpeningHours:
    clinic = Clinic(time_zone=zone, hours=WEEKDAYS if hours is None else hours, country=country)
    return OpeningHours.of(clinic, closures)


def local(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-16 09:00", 4, "2026-11-16 13:00"),
        ("2026-11-16 13:00", 4, "2026-11-16 17:00"),  # ends with the day, not with the next one's beginning
        ("2026-11-16 15:00", 4, "2026-11-17 11:00"),
        ("2026-11-16 03:00", 4, "2026-11-16 13:00"),
        ("2026-11-20 16:00", 4, "2026-11-23 12:00"),  # over the weekend
        ("2026-11-21 12:00", 4, "2026-11-23 13:00"),
        ("2026-11-25 16:00", 4, "2026-11-27 12:00"),  # over Thanksgiving
        ("2026-07-02 16:00", 4, "2026-07-06 12:00"),  # Independence Day falls on a Saturday and is observed on Friday
        ("2028-02-28 16:00", 9, "2028-02-29 17:00"),  # a leap day
        ("2026-11-16 10:00", 0, "2026-11-16 10:00"),
    ],
)
def test_only_opening_time_counts(start: str, hours: float, end: str) -> None:
    assert hours_of().add(local(start), hours * 3600) == local(end)


def test_several_intervals_a_day_count_and_the_break_does_not() -> None:
    hours = hours_of({"0": [["14:00", "18:00"], ["09:00", "12:00"]]})
    assert hours.add(local("2026-11-16 11:00"), 2 * 3600) == local("2026-11-16 15:00")
    assert hours.between(local("2026-11-16 08:00"), local("2026-11-16 20:00")) == 7 * 3600
    assert hours.window_on(date(2026, 11, 16)) == (local("2026-11-16 09:00"), local("2026-11-16 18:00"))


def test_overlapping_intervals_count_once() -> None:
    hours = hours_of({"0": [["09:00", "15:00"], ["10:00", "12:00"], ["14:00", "16:00"]]})
    assert hours.between(local("2026-11-16 00:00"), local("2026-11-17 00:00")) == 7 * 3600
    assert hours.window_on(date(2026, 11, 16)) == (local("2026-11-16 09:00"), local("2026-11-16 16:00"))


def test_an_interval_past_midnight_belongs_to_the_day_on_which_it_opens() -> None:
    hours = hours_of({"4": [["22:00", "02:00"]]})
    assert hours.between(local("2026-11-20 12:00"), local("2026-11-22 12:00")) == 4 * 3600
    assert hours.is_open(local("2026-11-21 01:59"))
    assert not hours.is_open(local("2026-11-21 02:00"))
    assert not hours.is_working_day(date(2026, 11, 21))


@pytest.mark.parametrize("whole_day", [["00:00", "24:00"], ["00:00", "00:00"]])
def test_a_clinic_can_be_open_round_the_clock(whole_day: list[str]) -> None:
    hours = hours_of({str(day): [whole_day] for day in range(7)}, country="")
    start = local("2026-11-20 23:30")
    assert hours.add(start, 100 * 3600) == start + timedelta(hours=100)


def test_a_clinic_without_hours_counts_as_always_open() -> None:
    hours = hours_of({}, country="")
    start = local("2026-11-21 23:30")
    assert hours.add(start, 4 * 3600) == start + timedelta(hours=4)
    assert hours.between(start, start + timedelta(days=3)) == 3 * 86400
    assert hours.working_day_after(start, 2) == date(2026, 11, 23)


def test_spring_forward_leaves_out_the_hour_that_was_not() -> None:
    hours = hours_of({"6": [["00:00", "06:00"]]}, country="")
    assert hours.between(local("2026-03-08 00:00"), local("2026-03-08 12:00")) == 5 * 3600


def test_fall_back_counts_the_hour_that_was_twice() -> None:
    hours = hours_of({"6": [["00:00", "06:00"]]}, country="")
    assert hours.between(local("2026-11-01 00:00"), local("2026-11-01 12:00")) == 7 * 3600


def test_an_interval_inside_the_gap_of_daylight_saving_is_empty() -> None:
    hours = hours_of({"6": [["02:10", "02:50"]], "0": [["09:00", "10:00"]]}, country="")
    assert hours.between(local("2026-03-08 00:00"), local("2026-03-08 23:00")) == 40 * 60  # moved behind the gap
    hours = hours_of({"6": [["02:30", "03:00"]], "0": [["09:00", "10:00"]]}, country="")
    assert hours.between(local("2026-03-08 00:00"), local("2026-03-08 23:00")) == 0


def test_a_closure_is_no_working_day() -> None:
    hours = hours_of(closures=(date(2026, 11, 17),))
    assert hours.add(local("2026-11-16 16:00"), 2 * 3600) == local("2026-11-18 10:00")
    assert hours.window_on(date(2026, 11, 17)) is None
    assert hours.working_day_after(local("2026-11-16 16:00"), 1) == date(2026, 11, 18)


def test_working_days_leave_out_weekends_and_holidays() -> None:
    hours = hours_of()
    assert hours.working_day_after(local("2026-11-23 16:00"), 1) == date(2026, 11, 24)
    assert hours.working_day_after(local("2026-11-23 16:00"), 3) == date(2026, 11, 27)
    assert hours.working_day_after(local("2026-11-23 16:00"), 0) == date(2026, 11, 23)
    assert hours.working_day_after(local("2026-11-21 16:00"), 1) == date(2026, 11, 23)


def test_a_day_is_the_clinic_s_own_day() -> None:
    late = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # still Monday in New York
    assert hours_of().working_day_after(late, 1) == date(2026, 11, 24)


def test_next_open_is_now_while_open() -> None:
    hours = hours_of()
    assert hours.next_open(local("2026-11-16 10:00")) == local("2026-11-16 10:00")
    assert hours.next_open(local("2026-11-16 17:00")) == local("2026-11-17 09:00")
    assert hours.is_open(local("2026-11-16 09:00"))
    assert not hours.is_open(local("2026-11-16 17:00"))


def test_answers_are_in_utc() -> None:
    assert hours_of().add(local("2026-11-16 10:00"), 60).tzinfo is UTC
    assert hours_of().add(local("2026-11-16 10:00"), 0).tzinfo is UTC
    assert hours_of().next_open(local("2026-11-16 10:00")).tzinfo is UTC


@pytest.mark.parametrize("hours", [{"7": []}, {"mon": []}, {"0": [["9", "17"]]}, {"0": [["25:00", "26:00"]]}, {"0": [["24:00", "02:00"]]}])
def test_it_refuses_hours_that_are_none(hours: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_week(hours)
