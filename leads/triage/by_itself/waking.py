"""Leads whose time has come need us again."""

from datetime import datetime

from django.db import transaction

from leads.models import Attention, Event, EventKind, Lead
from leads.triage.decisions.snapshots import WORK, snapshot

WAKE_BATCH = 500


def wake_due(now: datetime) -> int:
    """Leads whose time has come need us again. How many; two callers at once never wake one twice."""
    woken = 0
    while batch := _wake_batch(now):
        woken += batch
    return woken


@transaction.atomic
def _wake_batch(now: datetime) -> int:
    leads = list(Lead.objects.sleeping_past(now).locked().order_by("due_at", "id")[:WAKE_BATCH])
    events = [_woken(lead, now) for lead in leads]
    Lead.objects.filter(pk__in=[lead.pk for lead in leads]).update(attention=Attention.NEEDS_US, snoozed_until=None)
    Event.objects.bulk_create(events)
    return len(leads)


def _woken(lead: Lead, now: datetime) -> Event:
    before = snapshot(lead, WORK)
    lead.attention, lead.snoozed_until = Attention.NEEDS_US, None
    return Event(lead=lead, kind=EventKind.WOKEN, at=now, data={"before": before, "after": snapshot(lead, WORK)})
