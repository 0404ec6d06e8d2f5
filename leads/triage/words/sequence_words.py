"""A sequence in words: who begins it, when each mail leaves, and what stops it."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leads.models import Channel, Sequence, Starts, Step, Topic, Unit, Version

STOPS = (
    gettext_lazy("they reply"),
    gettext_lazy("somebody logs a contact"),
    gettext_lazy("a time is booked"),
    gettext_lazy("the stage changes or the lead is closed"),
    gettext_lazy("they opt out, or their address takes no mail"),
    gettext_lazy("crisis words put automation on hold"),
    gettext_lazy("somebody stops it by hand"),
)


VARIABLES = {
    "greeting": gettext_lazy("a whole line: “Hello Vera,” or “Hello,” where we know no name"),
    "name": gettext_lazy("their name; the word after the bar where we know none"),
    "reference": gettext_lazy("the number of their enquiry"),
    "phone": gettext_lazy("your phone number"),
    "sender": gettext_lazy("who the mail is from, as in its sender"),
}


def begins(sequence: Sequence) -> str:
    if sequence.starts == Starts.BY_HAND:
        return _("Somebody starts it by hand, for people who agreed to follow-up emails.")
    rules = "; ".join(filter(None, _rules(sequence)))
    if not rules:
        return _("It starts by itself for everybody who agrees to follow-up emails.")
    return _("It starts by itself for people who agree to follow-up emails: %s.") % rules


def _rules(sequence: Sequence) -> Iterable[str]:
    yield _named(sequence.topics, dict(Topic.choices))
    yield _named(sequence.languages, dict(settings.LANGUAGES))
    yield _named(sequence.channels, dict(Channel.choices))


def _named(codes: list[str], names: dict[Any, Any]) -> str:
    return ", ".join(str(names.get(code, code)) for code in codes)


def waits(step: Step, *, first: bool) -> str:
    """After what, and how long."""
    if first:
        return _("%s after they wrote") % _span(step)
    return _("%s after the mail before") % _span(step)


def _span(step: Step) -> str:
    many = {"n": step.wait}
    match step.unit:
        case Unit.MINUTES:
            return ngettext("%(n)d minute", "%(n)d minutes", step.wait) % many
        case Unit.HOURS:
            return ngettext("%(n)d hour", "%(n)d hours", step.wait) % many
        case Unit.DAYS:
            return ngettext("%(n)d day", "%(n)d days", step.wait) % many
        case _:
            return ngettext("%(n)d working day", "%(n)d working days", step.wait) % many


def windows(week: dict[str, list[list[str]]]) -> str:
    """Days that have the same hours are named together."""
    if not any(week.values()):
        return _("Mails leave from 9 to 17 on days on which the clinic opens, by the clock of whoever gets them.")
    days: dict[str, list[str]] = {}
    for day in sorted(week):
        if week[day]:
            days.setdefault(_hours(week[day]), []).append(str(WEEKDAYS[int(day)]))
    named = "; ".join(f"{', '.join(names)} {hours}" for hours, names in days.items())
    return _("Mails leave %s, by the clock of whoever gets them, but not on holidays.") % named


def _hours(intervals: list[list[str]]) -> str:
    return ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in intervals)


def _clock(text: str) -> str:
    return time_format(time.fromisoformat(text), "TIME_FORMAT") if text != "24:00" else _("midnight")


def elsewhere(current: Version | None, versions: Iterable[Version], going: Mapping[int | None, int]) -> list[str]:
    """Who is under way in another version than `current`."""
    return [_keeps(each, going[each.pk]) for each in versions if each != current and going.get(each.pk)]


def _keeps(version: Version, number: int) -> str:
    return ngettext(
        "%(n)d person is under way in version %(version)d and keeps theirs.",
        "%(n)d people are under way in version %(version)d and keep theirs.",
        number,
    ) % {"n": number, "version": version.number}


def under_way(number: int) -> str:
    if not number:
        return _("Nobody is under way.")
    return ngettext("%(n)d person is under way.", "%(n)d people are under way.", number) % {"n": number}
