"""Who read what they wrote. Opening shows every enquiry that has come by then; a later one is unread."""

from dataclasses import dataclass

from leads.models import Enquiry, Event, EventKind, Reply
from leads.triage.decisions.outcomes import Calendar
from leads.triage.words.times import Moment


@dataclass(frozen=True, slots=True)
class Reader:
    name: str
    at: Moment


def readers_of(enquiry: Enquiry | Reply, events: list[Event], calendar: Calendar) -> tuple[Reader, ...]:
    """Each once, with the last time. `events` of its lead, the newest first."""
    newest: dict[str, Event] = {}
    for event in events:
        if event.kind == EventKind.STORY_READ and event.by and event.at > enquiry.received_at:
            newest.setdefault(str(event.by), event)
    return tuple(Reader(name, calendar.since(event.at)) for name, event in newest.items())
