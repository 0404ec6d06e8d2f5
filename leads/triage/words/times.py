"""Times in few words: "4 min", "6 d", "tomorrow 9 a.m."; and in full, for whoever hovers."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.triage.words.wording import worded_once

MINUTE, HOUR, DAY = 60, 3600, 86400
FARTHEST = timedelta(days=731)  # a day beyond it is a slip of the hand
TOO_FAR = gettext_lazy("Choose a day within the next two years.")


class Moment(NamedTuple):
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
    size = DAY if seconds >= DAY else HOUR if seconds >= HOUR else MINUTE if seconds >= MINUTE else 0
    return _counted(int(seconds // size) if size else 0, size)


@worded_once
def _counted(number: int, size: int) -> str:
    if size == MINUTE:
        return _("%d min") % number
    if size == HOUR:
        return _("%d h") % number
    return _("%d d") % number if size else _("now")


def when(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The day as one would say it, and the time."""
    local = at.astimezone(zone)
    return _when(_day(local.date(), now.astimezone(zone).date()), _clock(local.hour, local.minute))


@worded_once
def _when(day: str, clock: str) -> str:
    return _("%(day)s %(time)s") % {"day": day, "time": clock}


def one_stop(sentence: str) -> str:
    """A sentence that ends in "p.m." needs no other full stop."""
    return sentence.removesuffix(".") if sentence.endswith("..") else sentence


def day_of(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    return _day(at.astimezone(zone).date(), now.astimezone(zone).date())


@worded_once
def _day(day: date, today: date) -> str:
    days = (day - today).days
    if days in (-1, 0, 1):
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[days]
    if 0 < days < 7:
        return date_format(day, "l")
    return date_format(day, "j M" if abs(days) < 300 else "j M Y")


def on_another_clock(at: datetime, time_zone: str, here: ZoneInfo) -> bool:
    return at.astimezone(ZoneInfo(time_zone)).utcoffset() != at.astimezone(here).utcoffset()


def on_both_clocks(at: datetime, here: ZoneInfo, time_zone: str) -> str:
    """Ours, and theirs where it says another time."""
    if not time_zone or not on_another_clock(at, time_zone, here):
        return full(at, here)
    there = at.astimezone(ZoneInfo(time_zone))
    same_day = there.date() == at.astimezone(here).date()
    theirs = _clock(there.hour, there.minute) if same_day else full(at, ZoneInfo(time_zone))
    return _("%(ours)s here; %(theirs)s for them") % {"ours": full(at, here), "theirs": theirs}


def full(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{_full_day(local.date())}, {_clock(local.hour, local.minute)}"


@worded_once
def _full_day(day: date) -> str:
    return date_format(day, "l j F Y")


@worded_once
def _clock(hour: int, minute: int) -> str:
    return time_format(time(hour, minute), "P")
