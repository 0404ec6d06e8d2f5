"""What somebody changed in the last ten minutes, and the address that takes each of it back: on any page, after a reload, too.

Each change knows its way back by its noun (`…/<noun>/remove/`). A few are switched on and off instead: those stand in TURNS.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from leads.access import Right, leads_visible_to
from leads.models import Event, EventKind, Lead, StopReason, User
from leads.triage.undo.undo import is_offered, stands
from leads.triage.undo.undoable import UNDO_WITHIN, undoable

MOST = 100
TURNS: dict[str, tuple[str, str]] = {  # what is switched, and the URL that turns it back
    EventKind.HELD: ("hold", "lead_hold_remove"),
    EventKind.HOLD_RELEASED: ("hold", "lead_hold"),
    EventKind.ENROLLED: ("followup", "lead_followup_remove"),
    EventKind.FOLLOWUP_STOPPED: ("followup", "lead_followup"),
    EventKind.FOLLOWUP_RESUMED: ("followup", "lead_followup_remove"),
}


@dataclass(frozen=True, slots=True)
class Change:
    event: Event
    lead: Lead
    undo: str  # the address that takes it back; "" where somebody changed it since
    since: User | None = None  # who did


def changes_of(user: User, now: datetime) -> list[Change]:
    """The newest first. What changed many at once is no part of it."""
    mine = list(_recent(now).filter(by=user, bulk_item=None)[:MOST])
    leads = leads_visible_to(user, Right.WORK_LEADS).in_bulk({event.lead_id for event in mine})
    around: dict[int, list[Event]] = defaultdict(list)
    for event in _recent(now).filter(lead__in=leads).select_related("by"):
        around[event.lead_id].append(event)
    found = (_change(event, leads[event.lead_id], around[event.lead_id], now) for event in mine if event.lead_id in leads)
    return [change for change in found if change]


def _recent(now: datetime) -> QuerySet[Event]:
    return Event.objects.filter(at__gt=now - UNDO_WITHIN).order_by("-at", "-id").defer("text")


def _change(event: Event, lead: Lead, events: Sequence[Event], now: datetime) -> Change | None:
    if event.kind in TURNS:
        switch, _back = TURNS[event.kind]
        return _turn(event, lead, [each for each in events if each.kind in TURNS and TURNS[each.kind][0] == switch])
    if str(event.pk) in {each.data.get("of") for each in events} or event.kind == EventKind.UNDONE or "noun" not in event.data:
        return None
    newest = undoable(events, now).get(event.data["noun"], event)
    if newest.pk != event.pk:  # The older of two of one's own comes when the newer is undone.
        return None if newest.by_id == event.by_id else Change(event, lead, "", newest.by)
    if not (is_offered(event, event.by_id) and stands(lead, event)):
        return Change(event, lead, "", _somebody_else(event, events))
    address = _address(f"lead_{event.data['noun']}_remove", lead, event)
    return Change(event, lead, address) if address else None


def _somebody_else(event: Event, events: Sequence[Event]) -> User | None:
    """Who changed the lead since, the newest first."""
    return next((each.by for each in events if each.at >= event.at and each.by_id not in (None, event.by_id)), None)


def _turn(event: Event, lead: Lead, events: Sequence[Event]) -> Change | None:
    """On or off. What the same person turned back is as if it had never been."""
    standing: list[Event] = []
    for each in reversed(events):
        if standing and standing[-1].by_id == each.by_id and standing[-1].kind != each.kind:
            standing.pop()
        else:
            standing.append(each)
    of_itself = event.kind == EventKind.FOLLOWUP_STOPPED and event.data.get("reason") != StopReason.BY_HAND
    if of_itself or not standing or standing[-1].pk != event.pk:
        return None
    return Change(event, lead, _address(TURNS[event.kind][1], lead, event))


def _address(name: str, lead: Lead, event: Event) -> str:
    """Of a noun without a way back there is none."""
    try:
        return f"{reverse(name, args=[lead.reference])}?change={event.pk}"
    except NoReverseMatch:
        return ""
