"""The hours and days at which somebody wishes to be reached, as their contact rule says. On the clock that they live by."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from leads.models import ContactRule, Days, PartOfDay

HOURS: dict[str, list[str]] = {
    PartOfDay.MORNING: ["08:00", "12:00"],
    PartOfDay.AFTERNOON: ["12:00", "17:00"],
    PartOfDay.EVENING: ["17:00", "20:00"],
}
USUAL = ["09:00", "17:00"]  # for mail, where they named days and no hours
WEEKDAYS: dict[str, range] = {Days.ANY: range(7), Days.WEEKDAYS: range(5), Days.WEEKEND: range(5, 7)}


def week_of(rule: ContactRule | None) -> dict[str, list[list[str]]]:
    """When mail may leave, in the format of the clinic's hours; empty where they said nothing of when."""
    hours = _hours(rule)
    if rule is None or (not hours and rule.days == Days.ANY):
        return {}
    return {str(day): hours or [USUAL] for day in _weekdays(rule)}


def suits(rule: ContactRule, at: datetime, zone: ZoneInfo) -> bool:
    """Whether `at` is a time at which they wish to be reached."""
    local, hours = at.astimezone(zone), _hours(rule)
    in_time = any(time.fromisoformat(since) <= local.time() < time.fromisoformat(until) for since, until in hours)
    return local.weekday() in _weekdays(rule) and (in_time or not hours)


def _hours(rule: ContactRule | None) -> list[list[str]]:
    return [HOURS[part] for part in (rule.times if rule else ()) if part in HOURS]


def _weekdays(rule: ContactRule) -> range:
    return WEEKDAYS.get(rule.days, WEEKDAYS[Days.ANY])
