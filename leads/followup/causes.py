"""What stops a follow-up and stands in the timeline. What is stopped already is not stopped by it, and so not resumed by undoing it."""

from leads.models import Event, EventKind, Lead

CAUSES = (EventKind.STAGE, EventKind.CONTACTED, EventKind.CALLED, EventKind.ANSWERED, EventKind.REPLIED, EventKind.BOOKED)


def another_since(lead: Lead, event: Event) -> bool:
    """Whether something came after `event` that would have stopped it, too, and still stands."""
    later = list(lead.events.filter(kind__in=(*CAUSES, EventKind.UNDONE), at__gt=event.at).defer("text"))
    undone = {each.data.get("of") for each in later if each.kind == EventKind.UNDONE}
    return any(_stops(each) for each in later if each.kind in CAUSES and str(each.pk) not in undone)


def _stops(event: Event) -> bool:
    """A call that reached nobody changes nothing."""
    return event.kind != EventKind.CALLED or event.data["before"] != event.data["after"]
