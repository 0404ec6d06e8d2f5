"""Laws that opening time keeps in every zone, over daylight saving, leap days, holidays, closures and nights."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leads.models import Clinic
from leads.policy.hours import OpeningHours

# Half-hour daylight saving (Lord Howe), changes at midnight (Havana, Santiago), odd offsets, both hemispheres, both sides of the date line.
CHANGING = ["America/New_York", "Europe/Madrid", "Australia/Lord_Howe", "America/Havana", "America/Santiago", "Africa/Casablanca"]
STEADY = ["UTC", "Asia/Kathmandu", "Pacific/Kiritimati", "America/Phoenix"]

moments = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1), timezones=st.sampled_from([UTC]))  # noqa: DTZ001 the zone comes after
seconds = st.floats(0, 90 * 3600)
times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
intervals = st.lists(st.tuples(times, times | st.just("24:00")).map(list), max_size=3)
weeks = st.dictionaries(st.sampled_from("0123456"), intervals)
closures = st.sets(st.dates(date(2024, 1, 1), date(2029, 12, 31)), max_size=40)


def hours_in(zones: list[str]) -> st.SearchStrategy[OpeningHours]:
    clinic = st.builds(Clinic, hours=weeks, time_zone=st.sampled_from(zones), country=st.sampled_from(["US", "ES", ""]))
    return st.builds(OpeningHours.of, clinic, closures)


every_hours = hours_in(CHANGING + STEADY)
laws = settings(deadline=None, max_examples=150)


@laws
@given(every_hours, moments, seconds)
def test_between_undoes_add(hours: OpeningHours, start: datetime, spent: float) -> None:
    assert abs(hours.between(start, hours.add(start, spent)) - spent) < 1e-5


@laws
@given(every_hours, moments, seconds)
def test_add_gives_the_first_such_moment(hours: OpeningHours, start: datetime, spent: float) -> None:
    end = hours.add(start, spent)
    assume(spent >= 1)
    assert hours.between(start, end - timedelta(seconds=1)) < spent


@laws
@given(every_hours, moments, moments, seconds, seconds)
def test_later_never_ends_sooner(hours: OpeningHours, one: datetime, other: datetime, some: float, more: float) -> None:
    assert hours.add(min(one, other), some) <= hours.add(max(one, other), some)
    assert hours.add(one, min(some, more)) <= hours.add(one, max(some, more))


@laws
@given(every_hours, moments, st.lists(st.timedeltas(timedelta(0), timedelta(days=9)), min_size=2, max_size=2))
def test_stretches_add_up(hours: OpeningHours, start: datetime, lengths: list[timedelta]) -> None:
    middle, end = start + lengths[0], start + lengths[0] + lengths[1]
    assert abs(hours.between(start, middle) + hours.between(middle, end) - hours.between(start, end)) < 1e-5
    assert 0 <= hours.between(start, end) <= (end - start).total_seconds()
    assert hours.between(end, start) == 0


@laws
@given(every_hours, moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(hours: OpeningHours, at: datetime) -> None:
    opening = hours.next_open(at)
    assert opening >= at
    assert hours.is_open(opening)
    assert hours.between(at, opening) == 0


@laws
@given(hours_in(STEADY), moments)
def test_it_agrees_with_a_clock_watched_minute_by_minute(hours: OpeningHours, start: datetime) -> None:
    start = start.replace(second=0, microsecond=0)
    watched = sum(60 for minute in range(0, 1500, 1) if _is_open_by_the_wall_clock(hours, start + timedelta(minutes=minute)))
    assert hours.between(start, start + timedelta(minutes=1500)) == watched


def _is_open_by_the_wall_clock(hours: OpeningHours, at: datetime) -> bool:
    local = at.astimezone(hours.zone)
    since = timedelta(hours=local.hour, minutes=local.minute)
    today, yesterday = hours._intervals(local.date()), hours._intervals(local.date() - timedelta(days=1))
    return any(opens <= since < closes for opens, closes in today) or any(
        opens <= since + timedelta(days=1) < closes for opens, closes in yesterday
    )


@laws
@given(every_hours, moments, st.integers(0, 15))
def test_a_working_day_later_is_a_working_day(hours: OpeningHours, start: datetime, days: int) -> None:
    day, first = hours.working_day_after(start, days), hours.local_day(start)
    between = [first + timedelta(days=count) for count in range(1, (day - first).days + 1)]
    assert sum(map(hours.is_working_day, between)) == days
    assert days == 0 or hours.is_working_day(day)


@laws
@given(every_hours, st.dates(date(2024, 1, 1), date(2029, 1, 1)))
def test_a_day_s_window_holds_its_opening_times(hours: OpeningHours, day: date) -> None:
    window = hours.window_on(day)
    assert (window is None) == (not hours.is_working_day(day))
    assert window is None or window[0] <= window[1]
