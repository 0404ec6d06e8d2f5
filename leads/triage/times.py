"""Times in few words: "4 min", "6 d", "tomorrow 9 a.m."; and in full, for whoever hovers."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class Moment:
    """What a `<time>` shows."""

    iso: str
    text: str
    full: str


def ago(at: datetime, now: datetime, zone: ZoneInfo) -> Moment:
    return Moment(at.isoformat(), short((now - at).total_seconds()), full(at, zone))


def since(at: datetime, now: datetime, zone: ZoneInfo) -> Moment:
    """As a sentence ends: "3 h ago"."""
    seconds = (now - at).total_seconds()
    return Moment(at.isoformat(), _("%s ago") % short(seconds) if seconds >= MINUTE else _("just now"), full(at, zone))


def upcoming(at: datetime, now: datetime, zone: ZoneInfo) -> Moment:
    return Moment(at.isoformat(), when(at, now, zone), full(at, zone))


def short(seconds: float) -> str:
    """One unit, rounded down."""
    if seconds < MINUTE:
        return _("now")
    if seconds < HOUR:
        return _("%d min") % (seconds // MINUTE)
    if seconds < DAY:
        return _("%d h") % (seconds // HOUR)
    return _("%d d") % (seconds // DAY)


def when(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The day as one would say it, and the time."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    return _("%(day)s %(time)s") % {"day": _day(local, today), "time": date_format(local, "P")}


def day_of(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    return _day(at.astimezone(zone), now.astimezone(zone).date())


def _day(local: datetime, today: date) -> str:
    days = (local.date() - today).days
    if days in (-1, 0, 1):
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[days]
    if 0 < days < 7:
        return date_format(local, "l")
    return date_format(local, "j M" if abs(days) < 300 else "j M Y")


def full(at: datetime, zone: ZoneInfo) -> str:
    return date_format(at.astimezone(zone), "l j F Y, P")
