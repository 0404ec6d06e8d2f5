"""What a lead waits for, in words and in a tone."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.models import Attention, Category, Screening
from leads.triage.decisions.outcomes import Calendar
from leads.triage.lists.listed import Listed
from leads.triage.words.times import MINUTE, day_of, short
from leads.triage.words.wording import worded_once

AMBER = 0.75  # of the promise
LONG_AGO = timedelta(days=5)  # from here on a wait is told in days, not in opening hours

NEXT_ACTIONS: dict[str, str | Promise] = {
    "reply": gettext_lazy("Reply"),
    "check_back": gettext_lazy("Check back"),
    "look_again": gettext_lazy("Look again"),
    "consultation": gettext_lazy("Consultation"),
    "call": gettext_lazy("Call"),
    "privacy_request": gettext_lazy("Data request"),
    "look_after": gettext_lazy("Look after"),
    "task": gettext_lazy("Task"),
    "other_way": gettext_lazy("Find another way"),
}


class Chip(NamedTuple):
    text: str
    tone: str = ""  # "", info, warn, danger, …


def state_of(lead: Listed, calendar: Calendar) -> Chip:
    """What this lead waits for: in words, and in a tone that says how urgent it is."""
    if lead.screening != Screening.ACCEPTED:
        return Chip(_screening(lead.screening), "warn")
    if lead.category == Category.CLOSED or lead.due_at is None:
        return Chip("")
    if lead.attention != Attention.NEEDS_US:
        return Chip(_asleep(lead, lead.due_at, calendar))
    if lead.waiting_since:
        return _waiting(lead.waiting_since, lead.due_at, calendar)
    return Chip(next_action(lead.next_action), "warn" if lead.due_at <= calendar.now else "")


def _asleep(lead: Listed, due: datetime, calendar: Calendar) -> str:
    if lead.attention == Attention.SNOOZED:
        return _until(calendar.when(due))
    return _action_on(lead.next_action, day_of(due, calendar.now, calendar.hours.zone))


@worded_once
def _until(moment: str) -> str:
    return _("Until %s") % moment


@worded_once
def _action_on(action: str, day: str) -> str:
    return _("%(action)s %(day)s") % {"action": next_action(action), "day": day}


@worded_once
def _screening(screening: str) -> str:
    return str(Screening(screening).label)


@worded_once
def next_action(action: str) -> str:
    return str(NEXT_ACTIONS.get(action, action))


def _waiting(since: datetime, promised: datetime, calendar: Calendar) -> Chip:
    """Opening hours against the promise: neutral, amber from three quarters, red when it is broken."""
    seconds, late = _waited(since, calendar), calendar.now > promised
    text = _waits(short(seconds)) if seconds >= MINUTE else _by(calendar.when(promised))
    amber = late or _is_long_ago(since, calendar) or seconds >= AMBER * calendar.hours.between(since, promised)
    return Chip(text, "danger" if late else "warn" if amber else "")


def longest_wait(since: datetime | None, calendar: Calendar) -> str:
    """As the state of a lead that has waited since then tells it; "" where it tells no wait."""
    seconds = _waited(since, calendar) if since else 0
    return short(seconds) if seconds >= MINUTE else ""


def _waited(since: datetime, calendar: Calendar) -> float:
    """Seconds of opening time; of all time where it is long ago."""
    now = calendar.now
    return (now - since).total_seconds() if _is_long_ago(since, calendar) else calendar.hours.between(since, now)


def _is_long_ago(since: datetime, calendar: Calendar) -> bool:
    return calendar.now - since > LONG_AGO


@worded_once
def _waits(time: str) -> str:
    return _("Waiting %s") % time


@worded_once
def _by(moment: str) -> str:
    return _("By %s") % moment
