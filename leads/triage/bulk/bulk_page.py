"""A change of many leads as a page: how far it is, and the leads of which something has to be said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leads.access import leads_visible_to
from leads.models import BulkChange, BulkItem, BulkState, ItemState, Lead, User
from leads.triage.bulk.bulk_actions import BULK_ACTIONS
from leads.triage.undo.undoable import UNDO_WITHIN

MOST = 200  # leads on the page that could not be changed
SAID_OF = (ItemState.REFUSED, ItemState.KEPT)


@dataclass(frozen=True, slots=True)
class Said:
    name: str
    url: str
    reason: str


def page(user: User, bulk: BulkChange, now: datetime) -> tuple[dict[str, Any], list[Lead]]:
    """What the template needs, and the leads it shows."""
    items = list(bulk.items.filter(state__in=SAID_OF).order_by("id")[:MOST])
    leads = leads_visible_to(user).in_bulk([item.lead_id for item in items])
    said = [_said(item, leads[item.lead_id]) for item in items if item.lead_id in leads]
    context = {
        "bulk": bulk,
        "title": what(bulk),
        "done": _done(bulk),
        "most": bulk.changed if bulk.state == BulkState.UNDOING else bulk.total,
        "sentence": sentence(bulk),
        "said": said,
        "more": max(bulk.refused + bulk.kept - len(said), 0),
        "can_undo": can_undo(bulk, now),
    }
    return context, list(leads.values())


def _said(item: BulkItem, lead: Lead) -> Said:
    return Said(lead.name, reverse("lead", args=[lead.reference]), item.reason)


def what(bulk: BulkChange) -> str:
    return BULK_ACTIONS[bulk.action].says(bulk.value) if bulk.action in BULK_ACTIONS else bulk.action


def can_undo(bulk: BulkChange, now: datetime) -> bool:
    return bulk.state == BulkState.DONE and bulk.finished_at is not None and now - bulk.finished_at < UNDO_WITHIN and bulk.changed > 0


def _done(bulk: BulkChange) -> int:
    return bulk.undone + bulk.kept if bulk.state in (BulkState.UNDOING, BulkState.UNDONE) else bulk.changed + bulk.refused


def sentence(bulk: BulkChange) -> str:
    """How it went, or goes."""
    if bulk.state == BulkState.GATHERING:
        return _("Finding the leads that match: %d so far.") % bulk.total
    if bulk.state == BulkState.WORKING:
        return _("%(done)d of %(total)d leads so far.") % {"done": _done(bulk), "total": bulk.total}
    if bulk.state == BulkState.UNDOING:
        return _("Undoing: %(done)d of %(total)d leads so far.") % {"done": _done(bulk), "total": bulk.changed}
    if bulk.state == BulkState.UNDONE:
        return _joined(ngettext("%d lead is as it was.", "%d leads are as they were.", bulk.undone) % bulk.undone, _left(bulk.kept))
    return _joined(ngettext("%d lead.", "%d leads.", bulk.changed) % bulk.changed, _left(bulk.refused))


def _left(number: int) -> str:
    return ngettext("%d was left as it is.", "%d were left as they are.", number) % number if number else ""


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
