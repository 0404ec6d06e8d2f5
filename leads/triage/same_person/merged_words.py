"""Which merge a lead's page offers to take back, read from the events it shows anyway."""

from collections.abc import Sequence
from datetime import datetime

from leads.models import UNMERGE_WITHIN, Event, EventKind


def partable(events: Sequence[Event], now: datetime) -> str:
    """The reference of the lead that was merged into this one last and can be parted from it; "" where there is none."""
    parted = {event.data.get("merge") for event in events if event.kind == EventKind.UNMERGED}
    stands = (each for each in events if each.kind == EventKind.MERGED and each.data.get("merge") not in parted)
    newest = max((each for each in stands if now - each.at < UNMERGE_WITHIN), key=lambda each: each.at, default=None)
    return str(newest.data.get("reference", "?")) if newest else ""
