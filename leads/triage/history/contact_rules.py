"""How somebody may be reached, in plain sentences, and what they asked for that nobody has looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.models import ContactRule, Days, Lead, PartOfDay, ReplyBy
from leads.triage.decisions.outcomes import Calendar
from leads.triage.details.details import readable_phone

MOST = 20  # of one lead; the page is about the newest

WAYS = {
    ReplyBy.EMAIL.value: gettext_lazy("email"),
    ReplyBy.CALL.value: gettext_lazy("phone call"),
    ReplyBy.TEXT.value: gettext_lazy("text"),
}


@dataclass(frozen=True)
class HowToReach:
    holds: list[str]  # sentences; none before they said anything
    asked: list[str]  # what waits for a person
    hours: str  # when, to be read before they are contacted; empty: at any time

    @classmethod
    def of(cls, lead: Lead, calendar: Calendar) -> Self:
        rules = list(lead.contact_rules.order_by("-at", "-id")[:MOST])
        used = max((rule for rule in rules if rule.used_at), key=lambda rule: (rule.used_at, rule.pk), default=None)
        newest = rules[0] if rules else None
        asked = newest if newest and newest.used_at is None else None
        return cls(_sentences(used, calendar) if used else [], _sentences(asked, calendar) if asked else [], hours_of(lead, calendar.now))


def _sentences(rule: ContactRule, calendar: Calendar) -> list[str]:
    day = date_format(rule.at.astimezone(calendar.hours.zone), "j M Y")
    return [
        _("By %(ways)s only (said %(day)s).") % {"ways": _listed([str(WAYS[way]) for way in rule.channels if way in WAYS]), "day": day},
        _when(rule),
        _("A voicemail is fine.") if rule.may_leave_voicemail else _("No voicemail."),
        _("The clinic’s name may be said.") if rule.may_say_name else _("Don’t say the clinic’s name."),
        *_addresses(rule),
    ]


def hours_of(lead: Lead, now: datetime) -> str:
    if not lead.asked_hours:
        return ""
    days, *parts = lead.asked_hours.split()
    when = ", ".join(filter(None, (_parts(parts), str(Days(days).label) if days != Days.ANY else "")))
    return " ".join(filter(None, (_("Only %s.") % when, _their_clock(lead, now))))


def _their_clock(lead: Lead, now: datetime) -> str:
    """Nothing where we don't know where they are."""
    if not lead.time_zone:
        return ""
    return _("It is %s there now.") % time_format(now.astimezone(ZoneInfo(lead.time_zone)), "P")


def _when(rule: ContactRule) -> str:
    when = _parts(rule.times) or _("at any time")
    return f"{Days(rule.days).label!s}, {when}." if rule.days in Days.values else f"{when}."


def _parts(codes: Sequence[str]) -> str:
    return _listed([str(PartOfDay(code).label).lower() for code in codes if code in PartOfDay.values])


def _addresses(rule: ContactRule) -> list[str]:
    sentences = [_("New phone number: %s.") % readable_phone(rule.phone)] if rule.phone else []
    if rule.email and rule.email_used_at is None:
        sentences.append(_("New email address, not confirmed yet: %s.") % rule.email)
    return sentences


def _listed(words: Sequence[str]) -> str:
    return str(format_lazy(_("{some} or {last}"), some=", ".join(words[:-1]), last=words[-1])) if len(words) > 1 else "".join(words)
