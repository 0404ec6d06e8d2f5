"""Many leads at once: begun here, and worked off lead by lead, each in a transaction of its own and with the desk's own verbs.

A worker that dies loses nothing: what it had done is done, and the next one goes on with the leads that still wait. Whoever works at
a change holds its lease; and should two ever meet, a lead is changed by the one that moves its item.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.access import Right, leads_visible_to
from leads.followup import doorbell
from leads.followup.trouble import describe
from leads.models import BulkChange, BulkItem, BulkQuerySet, BulkState, ItemState, Lead, LeadQuerySet, User
from leads.triage.bulk.bulk_actions import BULK_ACTIONS, Value
from leads.triage.decisions.recording import Conflict, lock
from leads.triage.history.decided_since import DECISIONS, TALK, in_words, newest_since
from leads.triage.lists.filters import Asked
from leads.triage.undo.undo import undo
from leads.triage.undo.undoable import UNDO_WITHIN

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
SLICE = 4.0  # seconds: then the mails that wait for this worker come first
AT_ONCE = 20  # so few are done while the person waits
FOUND_AT_ONCE = 1000
READ_AT_ONCE = 100


@transaction.atomic
def begin_with(*, by: User, action: str, value: Value, text: str, leads: LeadQuerySet, shown: datetime | None = None) -> BulkChange:
    """For the leads that somebody chose."""
    found = list(leads.order_by("pk").values_list("pk", flat=True))
    bulk = BulkChange.objects.create(by=by, action=action, value=value, text=text or None, shown_at=shown, total=len(found))
    BulkItem.objects.bulk_create([BulkItem(bulk=bulk, lead_id=pk) for pk in found], batch_size=FOUND_AT_ONCE)
    _ring_unless_few(bulk)
    return bulk


@transaction.atomic
def begin_with_all(*, by: User, action: str, value: Value, text: str, query: str, shown: datetime | None = None) -> BulkChange:
    """For every lead that an inbox address shows, on whatever page."""
    asked = Asked.by(QueryDict(query)).as_query()  # nothing but what a list understands is kept
    bulk = BulkChange.objects.create(
        by=by, action=action, value=value, text=text or None, shown_at=shown, query=asked, state=BulkState.GATHERING
    )
    _ring_unless_few(bulk)
    return bulk


@transaction.atomic
def begin_undo(*, by: User, bulk: BulkChange) -> None:
    """All of it, for ten minutes after its end."""
    ended = Q(finished_at__gt=timezone.now() - UNDO_WITHIN)
    begun = BulkChange.objects.filter(ended, pk=bulk.pk).move(BulkState.DONE, BulkState.UNDOING, finished_at=None, undone_by=by)
    if not begun:
        raise Conflict(_("There is nothing to undo. A change can be undone for ten minutes."))
    bulk.refresh_from_db()
    _ring_unless_few(bulk)


def are_few(bulk: BulkChange) -> bool:
    """So that whoever asks for it waits for it; else a worker is at it in the background."""
    return bulk.state != BulkState.GATHERING and bulk.total <= AT_ONCE


def _ring_unless_few(bulk: BulkChange) -> None:
    if not are_few(bulk):
        transaction.on_commit(doorbell.ring_for_bulk, robust=True)


def matching(by: User, query: str) -> LeadQuerySet:
    return Asked.by(QueryDict(query)).leads(leads_visible_to(by, Right.WORK_LEADS), by)


def work_off(now: datetime, seconds: float = SLICE) -> bool:
    """What is unfinished, for so many seconds in all: each has its share, so that a small one never waits for a large one. Whether
    there is more to do.
    """
    unfinished = list(_free(now).order_by("at")[:AT_ONCE])
    finished = [_work_safely(bulk, time.monotonic() + seconds / len(unfinished)) for bulk in unfinished]
    return not all(finished)


def _work_safely(bulk: BulkChange, until: float) -> bool:
    """One that breaks is tried again with the next look, and holds up none of the others."""
    try:
        return work_at(bulk, until)
    except Exception as error:
        logger.error("A change of many leads broke off: %s.", describe(error))
        return True


def _free(now: datetime) -> BulkQuerySet:
    return BulkChange.objects.unfinished().filter(Q(lease_until=None) | Q(lease_until__lte=now))


def work_at(bulk: BulkChange, until: float) -> bool:
    """Whether it is finished; so it is, too, where somebody else is at it. `until`: of the monotonic clock."""
    now = timezone.now()
    if not _free(now).filter(pk=bulk.pk).update(lease_until=now + LEASE):
        return True
    try:
        finished = all(duty(bulk, until) for duty in (_gather, _change_all, _undo_all))
    finally:
        BulkChange.objects.filter(pk=bulk.pk).update(lease_until=None)
    bulk.refresh_from_db()
    return finished


def _gather(bulk: BulkChange, until: float) -> bool:
    bulk.refresh_from_db()
    while bulk.state == BulkState.GATHERING and time.monotonic() < until:
        _find_more(bulk)
    return bulk.state != BulkState.GATHERING


@transaction.atomic
def _find_more(bulk: BulkChange) -> None:
    """Rows and how far we are, both or neither."""
    leads = matching(bulk.by, bulk.query or "").filter(pk__gt=bulk.gathered).order_by("pk")
    found = list(leads.values_list("pk", flat=True)[:FOUND_AT_ONCE])
    BulkItem.objects.bulk_create([BulkItem(bulk=bulk, lead_id=pk) for pk in found], ignore_conflicts=True)
    bulk.gathered, bulk.total = max(found, default=bulk.gathered), bulk.total + len(found)
    if len(found) < FOUND_AT_ONCE:
        bulk.state, bulk.query = BulkState.WORKING, None  # What was searched for is kept no longer than it is needed.
    bulk.save(update_fields=["gathered", "total", "state", "query"])


def _change_all(bulk: BulkChange, until: float) -> bool:
    if bulk.state != BulkState.WORKING:
        return True
    if not _each(bulk, ItemState.WAITING, _change, until):
        return False
    BulkChange.objects.filter(pk=bulk.pk).move(BulkState.WORKING, BulkState.DONE, finished_at=timezone.now())
    return True


def _undo_all(bulk: BulkChange, until: float) -> bool:
    if bulk.state != BulkState.UNDOING:
        return True
    if not _each(bulk, ItemState.CHANGED, _undo, until):
        return False
    BulkChange.objects.filter(pk=bulk.pk).move(BulkState.UNDOING, BulkState.UNDONE, finished_at=timezone.now())
    return True


def _each(bulk: BulkChange, state: str, work: Callable[[BulkItem, BulkChange], None], until: float) -> bool:
    """False where time ran out."""
    while items := _some(bulk, state):
        BulkChange.objects.filter(pk=bulk.pk).update(lease_until=timezone.now() + LEASE)
        for item in items:
            if time.monotonic() >= until:
                return False
            work(item, bulk)
    return True


def _some(bulk: BulkChange, state: str) -> list[BulkItem]:
    return list(bulk.items.filter(state=state).select_related("event").order_by("id")[:READ_AT_ONCE])


def _change(item: BulkItem, bulk: BulkChange) -> None:
    try:
        with transaction.atomic():
            lead = _lead_of(item, bulk.by)
            lock(lead)
            _refuse_if_decided_since(bulk, lead)
            event = BULK_ACTIONS[bulk.action].do(bulk.by, lead, bulk)
            _settle(item, ItemState.WAITING, ItemState.CHANGED if event else ItemState.SAME, "changed", event=event)
    except _Taken:
        return
    except Exception as error:  # this lead says why not, and holds up none of the others
        _refuse(item, ItemState.WAITING, ItemState.REFUSED, "refused", _why(error))


def _refuse_if_decided_since(bulk: BulkChange, lead: Lead) -> None:
    """Whoever wrote since the list was shown is not put away with the others, and a colleague who was faster is not overruled."""
    kinds = DECISIONS | TALK if BULK_ACTIONS[bulk.action].settles else DECISIONS
    event = newest_since(min(bulk.shown_at or bulk.at, bulk.at), bulk.by, lead, kinds)
    if event:
        raise Conflict(in_words(event))


def _undo(item: BulkItem, bulk: BulkChange) -> None:
    try:
        with transaction.atomic():
            by = bulk.undone_by or bulk.by
            lead = _lead_of(item, by)
            if item.event is None:
                raise Conflict(_("There is nothing to undo."))
            within = timezone.now() - bulk.at + UNDO_WITHIN
            undo(by=by, lead=lead, noun=item.event.data["noun"], change=str(item.event_id), within=within)
            _settle(item, ItemState.CHANGED, ItemState.UNDONE, "undone")
    except _Taken:
        return
    except Exception as error:  # as above
        _refuse(item, ItemState.CHANGED, ItemState.KEPT, "kept", _why(error))


def _why(error: Exception) -> str:
    if isinstance(error, Conflict):
        return str(error)
    logger.error("A lead could not be changed with the others: %s.", describe(error))  # its own words may be a visitor's
    return _("It did not work. Try it on the lead’s own page.")


class _Taken(Exception):
    """Somebody else has worked on this lead; what we did is rolled back."""


def _lead_of(item: BulkItem, by: User) -> Lead:
    lead = leads_visible_to(by, Right.WORK_LEADS).filter(pk=item.lead_id).first()
    if lead is None:
        raise Conflict(_("You may not change this lead, or it is no longer there."))
    return lead


def _settle(item: BulkItem, before: str, after: str, counter: str, **fields: object) -> None:
    """In the transaction of the change."""
    if not BulkItem.objects.filter(pk=item.pk, state=before).update(state=after, **fields):
        raise _Taken
    BulkChange.objects.filter(pk=item.bulk_id).update(**{counter: F(counter) + 1})


def _refuse(item: BulkItem, before: str, after: str, counter: str, reason: str) -> None:
    try:
        with transaction.atomic():
            _settle(item, before, after, counter, reason=reason[:300])
    except _Taken:
        return
