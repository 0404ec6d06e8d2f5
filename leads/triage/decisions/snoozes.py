"""When to look again: the moments that the snooze menu offers, at the clinic's own clock."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from leads.triage.decisions.outcomes import Calendar

LATER = timedelta(hours=3)
LATEST_HOUR = 19  # after this "later today" is no help to anybody
QUARTER = 15 * 60


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: str
    until: datetime
    time: str  # in words


def choices(calendar: Calendar) -> list[Choice]:
    """Those that make sense at this hour."""
    offered = [("tomorrow", _("Tomorrow morning"), calendar.opening(1)), ("next_week", _("Next week"), _next_monday(calendar))]
    if calendar.now.astimezone(calendar.hours.zone).hour + 3 <= LATEST_HOUR:
        offered.insert(0, ("later", _("Later today"), _next_quarter(calendar.now + LATER)))
    return [Choice(code, label, until, calendar.when(until)) for code, label, until in offered]


def until(calendar: Calendar, code: str, day: date | None) -> datetime | None:
    """The moment a choice means; `day` goes with the code "day". None where it is neither."""
    if code == "day":
        return calendar.morning_of(day) if day else None
    return next((choice.until for choice in choices(calendar) if choice.code == code), None)


def _next_monday(calendar: Calendar) -> datetime:
    today = calendar.hours.local_day(calendar.now)
    return calendar.morning_of(today + timedelta(days=7 - today.weekday()))


def _next_quarter(at: datetime) -> datetime:
    seconds = at.timestamp()
    return at + timedelta(seconds=-seconds % QUARTER)
