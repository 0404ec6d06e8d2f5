"""When a follow-up may leave: on the clock of whoever gets it, on days on which the clinic works.

A version's windows have the format of the clinic's hours. Without any, mail leaves from 9 to 17 on the days on which the clinic
opens; with some, on those weekdays, holidays and closures aside. Who said when they want to be reached gets it only then. Days count on
the lead's calendar. Aware datetimes in, UTC out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any, Self
from zoneinfo import ZoneInfo

from leads.policy.asked_hours import WHOLE_DAY, asked_week
from leads.policy.hours import DAY, Interval, OpeningHours, Span, Week, parse_week

OPENS = timedelta(hours=9)
CLOSES = timedelta(hours=17)


def _in_both(usual: Week, asked: Week) -> Week:
    """A window that runs past midnight meets what is asked of the day after, too."""
    around = [(*asked[day], *((opens + DAY, closes + DAY) for opens, closes in asked[(day + 1) % 7])) for day in range(7)]
    return tuple(
        tuple((max(one[0], two[0]), min(one[1], two[1])) for one, two in product(usual[day], around[day]) if _meet(one, two))
        for day in range(7)
    )


def _meet(one: Interval, two: Interval) -> bool:
    return max(one[0], two[0]) < min(one[1], two[1])


@dataclass(frozen=True)
class SendWindows:
    hours: OpeningHours  # whose working days and holidays count
    zone: ZoneInfo  # on whose clock
    week: Week | None = None
    _days: dict[date, tuple[Span, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)  # worked out so far

    @classmethod
    def of(cls, windows: dict[str, Any], hours: OpeningHours, time_zone: str = "", asked: str = "") -> Self:
        """`time_zone`: the lead's; where it is not known, the clinic's. `asked`: when they want to be reached (asked_hours.py)."""
        week = parse_week(windows) if any(windows.values()) else None
        usual = cls(hours, ZoneInfo(time_zone) if time_zone else hours.zone, week)
        return usual.narrowed(asked) if asked else usual

    def narrowed(self, asked: str) -> Self:
        """To when they want to be reached. Where that leaves no time in a week, it takes the windows' place: what a person asked for
        comes before what suits us, and a mail that could never leave would be a promise broken.
        """
        usual = self.week or tuple(((OPENS, CLOSES),) if times else () for times in self.hours.week)
        both = _in_both(usual, asked_week(asked, WHOLE_DAY))
        return replace(self, week=both if any(both) else asked_week(asked, (OPENS, CLOSES)))

    def next(self, at: datetime) -> datetime:
        """`at` itself where mail may leave then; else the moment from which it may."""
        at = at.astimezone(UTC)
        return next(max(opens, at) for opens, closes in self._from(self.local_day(at) - DAY) if at < closes)

    def working_day_after(self, since: datetime, days: int) -> date:
        """The so-many-th day after the one `since` falls on, counting only days on which the clinic opens."""
        day = self.local_day(since)
        while days > 0:
            day += DAY
            days -= self.hours.is_working_day(day)
        return day

    def local_day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def midnight(self, day: date) -> datetime:
        return self._at(day, timedelta(0))

    def _from(self, day: date) -> Iterator[Span]:
        """The windows from `day` on, for ever. Daylight saving can leave nothing of a short one; one may run past midnight."""
        while True:
            if day not in self._days:
                self._days[day] = tuple((self._at(day, opens), self._at(day, closes)) for opens, closes in self._intervals(day))
            yield from (span for span in self._days[day] if span[0] < span[1])
            day += DAY

    def _intervals(self, day: date) -> tuple[tuple[timedelta, timedelta], ...]:
        if self.week is None:
            return ((OPENS, CLOSES),) if self.hours.is_working_day(day) else ()
        return () if self.hours.is_holiday(day) else self.week[day.weekday()]

    def _at(self, day: date, since_midnight: timedelta) -> datetime:
        return (datetime.combine(day, time(), self.zone) + since_midnight).astimezone(UTC)
