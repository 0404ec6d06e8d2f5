"""What can still be taken back: of each noun the newest change that stands, for ten minutes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from leads.models import Event, EventKind

PARTINGS = (EventKind.MERGED, EventKind.UNMERGED)
UNDO_WITHIN = timedelta(minutes=10)


def undoable(events: Sequence[Event], now: datetime, within: timedelta = UNDO_WITHIN) -> dict[str, Event]:
    """By noun. `events` of one lead, the newest first."""
    undone = {event.data.get("of") for event in events if event.kind == EventKind.UNDONE}
    newest: dict[str, Event] = {}
    for event in events:
        if event.kind in PARTINGS:
            break  # what was done before, was done to another lead
        stands = event.kind != EventKind.UNDONE and str(event.pk) not in undone
        if stands and "noun" in event.data and now - event.at < within:
            newest.setdefault(event.data["noun"], event)
    return newest
