"""Forgets what has served its time: answered idempotency keys, old counters, once-a-day notes, webhooks. A little at every sweep."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from leads.models import Counter, Enquiry, LastTime

SOME = 500
DAY = timedelta(hours=24)


def purge(now: datetime) -> None:
    keyed = Enquiry.objects.filter(capture_key__isnull=False, received_at__lt=now - DAY)
    Enquiry.objects.filter(pk__in=list(keyed.values_list("pk", flat=True)[:SOME])).update(capture_key=None, body_hash="")
    _delete_some(Counter.objects.filter(window__lt=now - 2 * DAY))
    _delete_some(LastTime.objects.filter(Q(key__startswith="hook:") | Q(key__startswith="soft:"), at__lt=now - 30 * DAY))
    _delete_some(
        LastTime.objects.filter(Q(key__startswith="ack:") | Q(key__startswith="crisis:") | Q(key__startswith="link:"), at__lt=now - 2 * DAY)
    )


def _delete_some(rows: QuerySet[Any]) -> None:
    """Few at a time: no long lock, no long sweep."""
    rows.model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:SOME])).delete()
