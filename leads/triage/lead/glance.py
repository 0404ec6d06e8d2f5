"""The reading pane: a lead in short, beside the list. What they wrote stays sealed; for more there is the lead's page."""

from dataclasses import dataclass
from typing import Any

from leads.models import Event, EventKind, Lead, Screening
from leads.triage.decisions.outcomes import Calendar
from leads.triage.details import details
from leads.triage.history.contact_rules import HowToReach
from leads.triage.history.event_words import Names, words
from leads.triage.lists.rows import Row
from leads.triage.lists.states import next_action
from leads.triage.words.times import Moment

LAST = 6  # events


@dataclass(frozen=True, slots=True)
class Line:
    words: str
    by: str
    at: Moment
    note: str = ""


def glance(lead: Lead) -> dict[str, Any]:
    """What the template needs. Five queries, however long its history."""
    calendar = Calendar.today()
    names = Names.of(calendar)
    events = lead.events.select_related("by").exclude(kind=EventKind.STORY_READ).order_by("-at", "-id")[:LAST]
    return {
        "lead": lead,
        "row": Row.of(lead, lead.stage, lead.owner, calendar),
        "phone": details.readable_phone(lead.phone),
        "reach": HowToReach.of(lead, calendar),
        "in_check": lead.screening != Screening.ACCEPTED,
        "next_action": next_action(lead.next_action) if lead.next_action else "",
        "due": calendar.upcoming(lead.due_at) if lead.due_at else None,
        "lines": [_line(event, names, calendar) for event in events],
    }


def _line(event: Event, names: Names, calendar: Calendar) -> Line:
    note = event.text or "" if event.kind == EventKind.NOTE else ""
    return Line(words(event, names), str(event.by or ""), calendar.since(event.at), note)
