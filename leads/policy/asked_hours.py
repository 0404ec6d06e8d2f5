"""When somebody wants to be reached, on their own clock: "weekdays evening", as their contact rule says and their lead keeps it."""

from datetime import datetime, timedelta

from leads.models import Days, PartOfDay
from leads.policy.hours import DAY, Interval, Week

PARTS: dict[str, Interval] = {
    PartOfDay.MORNING: (timedelta(hours=8), timedelta(hours=12)),
    PartOfDay.AFTERNOON: (timedelta(hours=12), timedelta(hours=17)),
    PartOfDay.EVENING: (timedelta(hours=17), timedelta(hours=20)),
}
WHOLE_DAY = (timedelta(0), DAY)
DAYS: dict[str, range] = {Days.ANY: range(7), Days.WEEKDAYS: range(5), Days.WEEKEND: range(5, 7)}


def asked_week(asked: str, at_any_time: Interval) -> Week:
    """`at_any_time`: what stands for a day of which they named no part."""
    days, *parts = asked.split()
    times = tuple(interval for part, interval in PARTS.items() if part in parts) or (at_any_time,)
    return tuple(times if day in DAYS[days] else () for day in range(7))


def suits(asked: str, local: datetime) -> bool:
    """`local`: on their clock. Nothing asked: any time does."""
    since_midnight = timedelta(hours=local.hour, minutes=local.minute)
    times = asked_week(asked, WHOLE_DAY)[local.weekday()] if asked else (WHOLE_DAY,)
    return any(opens <= since_midnight < closes for opens, closes in times)
