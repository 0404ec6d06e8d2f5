"""Forgets what has served its time, a little at every sweep: answered idempotency keys, old counters, once-a-day notes, webhooks, who was
on a lead's page, drafts of those who never came back, tasks that were taken back, changes of many leads with what was
written about them, notices that were read, and machines' mails about nothing of ours."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from leads.models import (
    BulkChange,
    BulkItem,
    BulkQuerySet,
    BulkState,
    Counter,
    Draft,
    Enquiry,
    LastTime,
    Notice,
    Presence,
    Reply,
    Task,
    TaskState,
)

SOME = 500
DAY = timedelta(hours=24)
# How long it is remembered when something was last done, by how its key begins.
NOTES = {2 * DAY: ("ack:", "crisis:", "link:", "sign-in-link:"), 30 * DAY: ("hook:", "soft:")}
MAIL_BODIES, DRAFTS, BULK, NOTICES = 90 * DAY, 90 * DAY, 30 * DAY, 30 * DAY


def purge(now: datetime) -> None:
    keyed = Enquiry.objects.filter(capture_key__isnull=False, received_at__lt=now - DAY)
    Enquiry.objects.filter(pk__in=list(keyed.values_list("pk", flat=True)[:SOME])).update(capture_key=None, body_hash="")
    _delete_some(Counter.objects.filter(window__lt=now - 2 * DAY))
    for age, beginnings in NOTES.items():
        theirs = reduce(or_, (Q(key__startswith=beginning) for beginning in beginnings))
        _delete_some(LastTime.objects.filter(theirs, at__lt=now - age))
    _delete_some(Presence.objects.filter(seen_at__lt=now - DAY))
    _delete_some(Draft.objects.filter(saved_at__lt=now - DRAFTS))
    _delete_some(Task.objects.filter(state=TaskState.REMOVED, settled_at__lt=now - DAY))
    _delete_bulk(BulkChange.objects.filter(state__in=[BulkState.DONE, BulkState.UNDONE], at__lt=now - BULK))
    _delete_some(Notice.objects.filter(read_at__lt=now - NOTICES))
    _delete_some(Reply.objects.filter(lead=None, received_at__lt=now - MAIL_BODIES))


def _delete_bulk(old: BulkQuerySet) -> None:
    """What became of their leads first: there can be a million in one."""
    ids = list(old.values_list("pk", flat=True)[:SOME])
    _delete_some(BulkItem.objects.filter(bulk__in=ids))
    _delete_some(BulkChange.objects.filter(pk__in=ids).exclude(Exists(BulkItem.objects.filter(bulk=OuterRef("pk")))))


def _delete_some(rows: QuerySet[Any]) -> None:
    """Few at a time: no long lock, no long sweep."""
    rows.model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:SOME])).delete()
