"""Many leads at once: begun here, and worked off lead by lead, each in a transaction of its own and with the desk's own verbs.

A worker that dies loses nothing: what it had done is done, and the next one goes on with the leads that still wait. Whoever works at
a change holds its lease; and should two ever meet, a lead is changed by the one that moves its item.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Round:
    """One way through all its leads, while the change is in the state `during`: those that wait are worked on, or left as they are."""

    during: BulkState
    after: BulkState
    waiting: ItemState
    left: ItemState
    work: Callable[[BulkItem, BulkChange], None]


def work_at(bulk: BulkChange, until: float) -> bool:
    """Whether it is finished; so it is, too, where somebody else is at it. `until`: of the monotonic clock."""
    now = timezone.now()
    if not _free(now).filter(pk=bulk.pk).update(lease_until=now + LEASE):
        return True
    try:
        finished = _gather(bulk, until) and all(go_through(bulk, each, until) for each in ROUNDS if each.during == bulk.state)
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


def go_through(bulk: BulkChange, each: Round, until: float) -> bool:
    """False where time ran out."""
    while items := _some(bulk, each.waiting):
        BulkChange.objects.filter(pk=bulk.pk).update(lease_until=timezone.now() + LEASE)
        for item in items:
            if time.monotonic() >= until:
                return False
            _one(item, bulk, each)
    BulkChange.objects.filter(pk=bulk.pk).move(each.during, each.after, finished_at=timezone.now())
    return True


def _some(bulk: BulkChange, state: str) -> list[BulkItem]:
    return list(bulk.items.filter(state=state).select_related("event").order_by("id")[:READ_AT_ONCE])


def _one(item: BulkItem, bulk: BulkChange, each: Round) -> None:
    """A lead that is left as it is says why, and holds up none of the others."""
    try:
        with transaction.atomic():
            each.work(item, bulk)
    except _Taken:
        return
    except Exception as error:
        with suppress(_Taken), transaction.atomic():
            _settle(item, each.waiting, each.left, reason=_why(error)[:300])


def _change(item: BulkItem, bulk: BulkChange) -> None:
    lead = _lead_of(item, bulk.by)
    lock(lead)
    _refuse_if_decided_since(bulk, lead)
    event = BULK_ACTIONS[bulk.action].do(bulk.by, lead, bulk)
    _settle(item, ItemState.WAITING, ItemState.CHANGED if event else ItemState.SAME, event=event)


def _refuse_if_decided_since(bulk: BulkChange, lead: Lead) -> None:
    """Whoever wrote since the list was shown is not put away with the others, and a colleague who was faster is not overruled."""
    kinds = DECISIONS | TALK if BULK_ACTIONS[bulk.action].settles else DECISIONS
    event = newest_since(min(bulk.shown_at or bulk.at, bulk.at), bulk.by, lead, kinds)
    if event:
        raise Conflict(in_words(event))


def _undo(item: BulkItem, bulk: BulkChange) -> None:
    by = bulk.undone_by or bulk.by
    lead = _lead_of(item, by)
    if item.event is None:
        raise Conflict(_("There is nothing to undo."))
    within = timezone.now() - bulk.at + UNDO_WITHIN
    undo(by=by, lead=lead, noun=item.event.data["noun"], change=str(item.event_id), within=within)
    _settle(item, ItemState.CHANGED, ItemState.UNDONE)


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


def _settle(item: BulkItem, before: ItemState, after: ItemState, **fields: object) -> None:
    """In the transaction of the change."""
    if not BulkItem.objects.filter(pk=item.pk, state=before).update(state=after, **fields):
        raise _Taken
    counter = str(ItemState.CHANGED if after == ItemState.SAME else after)  # the column of this name
    BulkChange.objects.filter(pk=item.bulk_id).update(**{counter: F(counter) + 1})


ROUNDS = (
    Round(BulkState.WORKING, BulkState.DONE, ItemState.WAITING, ItemState.REFUSED, _change),
    Round(BulkState.UNDOING, BulkState.UNDONE, ItemState.CHANGED, ItemState.KEPT, _undo),
)
