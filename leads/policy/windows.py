"""When a follow-up may leave: on the clock of whoever gets it, on days on which the clinic works.

A version's windows have the format of the clinic's hours. Without any, mail leaves from 9 to 17 on the days on which the clinic
opens; with some, on those weekdays, holidays and closures aside. Days count on the lead's calendar. Aware datetimes in, UTC out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from leads.policy.hours import DAY, OpeningHours, Span, Week, parse_week

OPENS = timedelta(hours=9)
CLOSES = timedelta(hours=17)


@dataclass(frozen=True)
class SendWindows:
    hours: OpeningHours  # whose working days and holidays count
    zone: ZoneInfo  # on whose clock
    week: Week | None = None
    _days: dict[date, tuple[Span, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)  # worked out so far

    @classmethod
    def of(cls, windows: dict[str, Any], hours: OpeningHours, time_zone: str = "") -> Self:
        """`time_zone`: the lead's; where it is not known, the clinic's."""
        return cls(hours, ZoneInfo(time_zone) if time_zone else hours.zone, parse_week(windows) if any(windows.values()) else None)

    def next(self, at: datetime) -> datetime:
        """`at` itself where mail may leave then; else the moment from which it may."""
        at = at.astimezone(UTC)
        return next(max(opens, at) for opens, closes in self._from(self.local_day(at) - DAY) if at < closes)

    def allows(self, at: datetime) -> bool:
        return self.next(at) == at

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
