"""What has been kept for as long as the clinic wants to keep it is deleted, the person with everything that hangs on them.

Nobody who waits for us is ever among them: only spam, and leads that were closed and have been quiet since.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from leads.models import Category, Clinic, Event, Lead, LeadQuerySet

MONTH = timedelta(days=365) / 12
SOME = 100  # in one transaction: no long lock
log = logging.getLogger(__name__)


def spam_before(before: datetime) -> LeadQuerySet:
    return Lead.objects.spam().filter(received_at__lt=before)


def closed_and_quiet_since(before: datetime) -> LeadQuerySet:
    later = Event.objects.filter(lead=OuterRef("pk"), at__gte=before)
    return Lead.objects.accepted().filter(~Exists(later), category=Category.CLOSED, received_at__lt=before)


def outlived(clinic: Clinic, now: datetime) -> list[LeadQuerySet]:
    """By the clinic's settings; nothing where it keeps all."""
    found = []
    if clinic.keep_spam_days:
        found.append(spam_before(now - timedelta(days=clinic.keep_spam_days)))
    if clinic.keep_closed_months:
        found.append(closed_and_quiet_since(now - clinic.keep_closed_months * MONTH))
    return found


def forget_outlived(now: datetime) -> int:
    """How many leads. Each batch looks again: who was reopened meanwhile stays."""
    forgotten = 0
    for leads in outlived(Clinic.objects.get(pk=1), now):
        while batch := _forget_some(leads):
            forgotten += batch
    if forgotten:
        log.info("%d leads were kept for as long as the settings say, and are deleted", forgotten)
    return forgotten


@transaction.atomic
def _forget_some(leads: LeadQuerySet) -> int:
    batch = list(leads.locked().order_by("pk").values_list("pk", flat=True)[:SOME])
    Lead.objects.filter(pk__in=batch).delete()
    return len(batch)
