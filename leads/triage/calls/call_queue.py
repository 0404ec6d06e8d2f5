"""Whom to call next: of those who need us and can be called, who has waited longest and whose hours are now."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db.models import Q

from leads.access import leads_visible_to
from leads.models import CallOutcome, CallTurn, Lead, LeadQuerySet, ReplyBy, User
from leads.policy.asked_hours import suits
from leads.triage.calls.calling import OTHER_WAY
from leads.triage.decisions.outcomes import Calendar
from leads.triage.words.pages import LONGEST_WAITING

MOST = 200  # looked at; nobody calls more people in a sitting


@dataclass
class Sitting:
    """What somebody has done in call mode so far; it is kept in their session."""

    lead: int | None = None  # whose turn it is
    skipped: list[int] = field(default_factory=list)
    made: dict[str, int] = field(default_factory=dict)  # {outcome: how many}

    @classmethod
    def of(cls, kept: dict[str, Any] | None) -> Self:
        return cls(**kept) if kept else cls()

    @property
    def calls(self) -> int:
        return sum(self.made.values())

    def count(self, outcome: CallOutcome) -> None:
        self.made[outcome.value] = self.made.get(outcome.value, 0) + 1


@dataclass(frozen=True)
class Queue:
    ready: list[Lead]  # the longest wait first
    at_other_hours: int  # who can be called, but not now

    @classmethod
    def of(cls, user: User, sitting: Sitting, calendar: Calendar) -> Self:
        taken = CallTurn.objects.filter(until__gt=calendar.now).exclude(user=user).values("lead_id")
        leads = callable_leads(leads_visible_to(user)).exclude(pk__in=taken).exclude(pk__in=sitting.skipped)
        found = list(leads.order_by(*LONGEST_WAITING)[:MOST])
        ready = [lead for lead in found if is_their_hour(lead, calendar.now, calendar.hours.zone)]
        return cls(ready, len(found) - len(ready))

    def take_next(self, user: User, now: datetime) -> Lead | None:
        return next((lead for lead in self.ready if CallTurn.objects.take(lead.pk, user, now)), None)


def callable_leads(leads: LeadQuerySet) -> LeadQuerySet:
    """Who asked for a call, or left a number and no wish."""
    wanted = Q(reply_by=ReplyBy.CALL) | Q(reply_by="")
    return leads.needs_us().filter(wanted).exclude(phone="").exclude(next_action=OTHER_WAY)


def is_their_hour(lead: Lead, now: datetime, clinic: ZoneInfo) -> bool:
    zone = ZoneInfo(lead.time_zone) if lead.time_zone else clinic
    return suits(lead.asked_hours, now.astimezone(zone))
