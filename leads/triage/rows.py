"""One lead in a list or on a card, prepared in Python so that the template only prints. What they wrote is never in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.models import Attention, Lead, ReplyBy, Topic
from leads.triage.outcomes import Calendar
from leads.triage.times import MINUTE, Moment, ago, day_of, short, when

AMBER = 0.75  # of the promise
LONG_AGO = timedelta(days=5)  # from here on a wait is told in days, not in opening hours

TOPICS: dict[str, str | Promise] = {
    Topic.HOW: gettext_lazy("How it works"),
    Topic.COST: gettext_lazy("Cost"),
    Topic.SUITABILITY: gettext_lazy("Suitability"),
    Topic.REFERRAL: gettext_lazy("Referral"),
    Topic.OTHER: gettext_lazy("Something else"),
}
NEXT_ACTIONS: dict[str, str | Promise] = {
    "reply": gettext_lazy("Reply"),
    "check_back": gettext_lazy("Check back"),
    "look_again": gettext_lazy("Look again"),
    "consultation": gettext_lazy("Consultation"),
    "look_after": gettext_lazy("Look after"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    text: str
    tone: str = ""  # "", info, warn, danger, …


@dataclass(frozen=True, slots=True)
class Row:
    reference: str
    url: str
    name: str
    topic: str
    reach: str
    state: Chip
    read_first: bool
    stage: Chip
    owner: str
    owner_name: str
    received: Moment
    contacted_label: str
    done_label: str
    works: bool  # whether it can be marked contacted and done

    @classmethod
    def of(cls, lead: Lead, calendar: Calendar) -> "Row":
        return cls(
            reference=lead.reference,
            url=reverse("lead", args=[lead.reference]),
            name=lead.name,
            topic=str(TOPICS.get(lead.topic, "")),
            reach=reach(lead),
            state=state_of(lead, calendar),
            read_first=lead.read_first,
            stage=Chip(lead.stage.name, lead.stage.tone),
            owner=lead.owner.initials if lead.owner else "",
            owner_name=str(lead.owner or ""),
            received=ago(lead.received_at, calendar.now, calendar.hours.zone),
            contacted_label=_("Contacted %s") % lead.name,
            done_label=_("%s is done for now") % lead.name,
            works=lead.is_open and lead.screening == "accepted",
        )


def reach(lead: Lead) -> str:
    """How they want to be reached, and whether we may speak to a machine."""
    if lead.reply_by == ReplyBy.CALL or (not lead.reply_by and not lead.email):
        return _("Call, voicemail is fine") if lead.may_leave_voicemail else _("Call, no voicemail")
    if lead.reply_by == ReplyBy.TEXT:
        return _("Text message")
    return _("Email") if lead.email else ""


def state_of(lead: Lead, calendar: Calendar) -> Chip:
    """What this lead waits for: in words, and in a tone that says how urgent it is."""
    if lead.screening != "accepted":
        return Chip(lead.get_screening_display(), "warn")
    if not lead.is_open or lead.due_at is None:
        return Chip("")
    if lead.attention != Attention.NEEDS_US:
        return Chip(_asleep(lead, lead.due_at, calendar))
    if lead.waiting_since:
        return _waiting(lead.waiting_since, lead.due_at, calendar)
    return Chip(next_action(lead), "warn" if lead.due_at <= calendar.now else "")


def _asleep(lead: Lead, due: datetime, calendar: Calendar) -> str:
    now, zone = calendar.now, calendar.hours.zone
    if lead.attention == Attention.SNOOZED:
        return _("Until %s") % when(due, now, zone)
    return _("%(action)s %(day)s") % {"action": next_action(lead), "day": day_of(due, now, zone)}


def next_action(lead: Lead) -> str:
    return str(NEXT_ACTIONS.get(lead.next_action, lead.next_action))


def _waiting(since: datetime, promised: datetime, calendar: Calendar) -> Chip:
    """Opening hours against the promise: neutral, amber from three quarters, red when it is broken."""
    now, hours = calendar.now, calendar.hours
    late = now > promised
    if now - since > LONG_AGO:
        return Chip(_("Waiting %s") % short((now - since).total_seconds()), "danger" if late else "warn")
    waited = hours.between(since, now)
    text = _("Waiting %s") % short(waited) if waited >= MINUTE else _("By %s") % when(promised, now, hours.zone)
    amber = waited >= AMBER * hours.between(since, promised)
    return Chip(text, "danger" if late else "warn" if amber else "")
