"""Opening hours: how much of a stretch of time the clinic was open, and when so much opening time will have passed.

A clinic's hours are `{weekday 0 to 6 as text: [["09:00", "17:00"], …]}` in its own time zone. An interval that closes at or before
the time it opens runs past midnight and belongs to the day on which it opens; `["00:00", "24:00"]` is the whole day. Public
holidays and closures take away the intervals that open on them. A clinic without any hours counts as always open (holidays and
closures aside): a promise is then made in plain hours, and nothing waits for an opening that never comes.

Aware datetimes in, UTC out. Where daylight saving skips a wall-clock time the moment after the gap stands for it; where it repeats
one, the first stands for it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Self
from zoneinfo import ZoneInfo

from leads.models import Clinic, Closure, Remembered
from leads.policy.holidays import public_holidays

Interval = tuple[timedelta, timedelta]  # opens, closes: both from the midnight at which the day begins, on the wall clock
Week = tuple[tuple[Interval, ...], ...]  # Monday to Sunday
Span = tuple[datetime, datetime]

DAY = timedelta(days=1)
NINE = timedelta(hours=9)
ALWAYS: Week = (((timedelta(0), DAY),),) * 7


def parse_week(hours: dict[str, list[list[str]]]) -> Week:
    """The clinic's setting, read; ValueError where it holds something else than weekdays and times."""
    unknown = set(hours) - set("0123456")
    if unknown:
        raise ValueError(f"{sorted(unknown)} are no weekdays; Monday is 0, Sunday 6.")
    week = tuple(tuple(sorted(_parse_interval(*interval) for interval in hours.get(str(day), []))) for day in range(7))
    return week if any(week) else ALWAYS


def _parse_interval(opens: str, closes: str) -> Interval:
    start, end = _since_midnight(opens), _since_midnight(closes)
    if start == DAY:
        raise ValueError("A day opens before 24:00.")
    return start, end if end > start else end + DAY


@lru_cache(maxsize=512)
def _since_midnight(text: str) -> timedelta:
    if text == "24:00":
        return DAY
    at = time.fromisoformat(text)
    return timedelta(hours=at.hour, minutes=at.minute)


@dataclass(frozen=True)
class OpeningHours:
    zone: ZoneInfo
    week: Week
    closures: frozenset[date] = frozenset()
    country: str = ""
    subdivision: str = ""
    _days: dict[date, tuple[Span, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)  # worked out so far

    @classmethod
    def of(cls, clinic: Clinic, closures: Iterable[date] = ()) -> Self:
        zone = ZoneInfo(clinic.time_zone)
        return cls(zone, parse_week(clinic.hours), frozenset(closures), clinic.country, clinic.subdivision)

    def add(self, start: datetime, seconds: float) -> datetime:
        """The first moment at which the clinic will have been open for so long since `start`."""
        left = timedelta(seconds=seconds)
        if left <= timedelta(0):
            return start.astimezone(UTC)
        spans = self._spans(start)
        opens, closes = next(spans)
        while closes - opens < left:
            left -= closes - opens
            opens, closes = next(spans)
        return opens + left

    def between(self, start: datetime, end: datetime) -> float:
        """Opening time from `start` to `end`, in seconds; 0 where `end` is not after `start`."""
        total = timedelta(0)
        for opens, closes in self._spans(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total.total_seconds()

    def is_open(self, at: datetime) -> bool:
        return self.next_open(at) == at

    def next_open(self, at: datetime) -> datetime:
        """`at` itself while open."""
        return next(self._spans(at))[0]

    def is_working_day(self, day: date) -> bool:
        return bool(self._opening_times(day))

    def is_holiday(self, day: date) -> bool:
        """A public holiday, or a day on which the clinic is closed."""
        return day in self.closures or day in public_holidays(self.country, self.subdivision, day.year)

    def working_day_after(self, start: datetime, days: int) -> date:
        """The so-many-th day after the one `start` falls on in the clinic's zone, counting only days on which it opens."""
        day = self.local_day(start)
        while days > 0:
            day += DAY
            days -= self.is_working_day(day)
        return day

    def window_on(self, day: date) -> Span | None:
        """From the day's first opening to its last closing."""
        times = self._opening_times(day)
        return (times[0][0], max(closes for _, closes in times)) if times else None

    def morning_of(self, day: date) -> datetime:
        """When we open on that day, or nine o'clock where we don't."""
        window = self.window_on(day)
        return window[0] if window else self.at(day, NINE)

    def local_day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def at(self, day: date, since_midnight: timedelta) -> datetime:
        """A time of day on the clinic's wall clock."""
        return (datetime.combine(day, time(), self.zone) + since_midnight).astimezone(UTC)

    def _opening_times(self, day: date) -> tuple[Span, ...]:
        if day not in self._days:
            self._days[day] = tuple((self.at(day, opens), self.at(day, closes)) for opens, closes in self._intervals(day))
        return self._days[day]

    def _intervals(self, day: date) -> tuple[Interval, ...]:
        return () if self.is_holiday(day) else self.week[day.weekday()]

    def _spans(self, start: datetime) -> Iterator[Span]:
        """The stretches in which the clinic is open from `start` on, in order, for ever; where two overlap, the later is cut."""
        at = start.astimezone(UTC)
        day = self.local_day(start) - DAY  # its last interval may run past midnight
        while True:
            for opens, closes in self._opening_times(day):
                if at < closes and opens < closes:  # Daylight saving can leave nothing of a short interval.
                    yield max(opens, at), closes
                    at = closes
            day += DAY


def _read() -> OpeningHours:
    return OpeningHours.of(Clinic.current(), Closure.objects.values_list("day", flat=True))


opening_hours = Remembered(_read)
"""The clinic's own; they may be a moment old."""
