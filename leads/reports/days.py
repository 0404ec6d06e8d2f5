"""Keeps the counts: what happened marks the days it touches, and marked days are counted anew.

Both hold the one row of `Counting` locked, so two at once take turns. An event is looked at again for a while after it was seen: a
transaction may commit later than one that began after it.
"""

import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from leads.models import Answer, Clinic, Closure, Counting, Cut, DayToCount, Enquiry, Event, Message, Mix, MixDay, Tally
from leads.policy.hours import OpeningHours
from leads.reports.counting import Day, count_day
from leads.reports.ids import first_id

AGAIN = timedelta(minutes=5)  # longer than any transaction here lasts
AT_ONCE = 500  # leads
PATIENCE = 40.0  # seconds: the next run goes on


def keep_up(*, patience: float = PATIENCE) -> int:
    """Marks what is new and counts marked days, the newest first. How many days it counted."""
    mark_touched(timezone.now())
    return count_marked(patience=patience)


@transaction.atomic
def mark_touched(now: datetime) -> None:
    counting = _locked()
    hours = _hours()
    if counting.seen_until is None:
        _mark(days_so_far(hours, now))
    else:
        since = counting.seen_until - AGAIN
        _mark_days_of(hours, Event.objects.filter(id__gte=first_id(since)).order_by().values_list("lead", flat=True).distinct())
        _mark({hours.local_day(at) for at in _sent_since(since)})
    _mark(counted_by_an_older_release())
    counting.seen_until = now
    counting.save()


@transaction.atomic
def mark_all() -> None:
    counting, now = _locked(), timezone.now()
    hours = _hours()
    first = Tally.objects.order_by("day").values_list("day", flat=True).first()
    _mark(days_so_far(hours, now) + ([first] if first else []))
    _forget_counts()
    counting.seen_until = now
    counting.save()


def _forget_counts() -> None:
    Tally.objects.all().delete()
    MixDay.objects.all().delete()
    Mix.objects.all().delete()


def counted_by_an_older_release() -> list[date]:
    """It knew no languages and no mixes. While it goes on beside this release, days come to be like that again."""
    everybody = Tally.objects.filter(cut=Cut.ALL)
    return list(everybody.exclude(day__in=everybody.exclude(value="").values("day")).values_list("day", flat=True).distinct())


def count_marked(*, patience: float) -> int:
    until, counted = time.monotonic() + patience, 0
    while time.monotonic() < until and _count_newest():
        counted += 1
    return counted


@transaction.atomic
def _count_newest() -> date | None:
    counting = _locked()
    marked = DayToCount.objects.order_by("-day").first()
    if marked is None:
        counting.counted_at = counting.seen_until
        counting.save()
        return None
    day = marked.day  # a row that is deleted forgets its key
    _keep(count_day(_hours(), day))
    marked.delete()
    return day


def _keep(counted: Day) -> None:
    for kept in (Tally, MixDay):
        kept.objects.filter(day=counted.day).delete()
    Tally.objects.bulk_create(counted.tallies(), batch_size=1000)
    MixDay.objects.bulk_create(counted.mix_days(), batch_size=1000)


def days_so_far(hours: OpeningHours, now: datetime) -> list[date]:
    """From the first enquiry on."""
    first = Enquiry.objects.aggregate(first=Min("received_at"))["first"]
    if first is None:
        return []
    start = hours.local_day(first)
    return [start + timedelta(days=more) for more in range((hours.local_day(now) - start).days + 1)]


def _mark_days_of(hours: OpeningHours, touched: Iterable[int]) -> None:
    """Every day on which something happened to these leads: one that changes its owner moves all its counts."""
    leads = list(touched)
    for start in range(0, len(leads), AT_ONCE):
        some = leads[start : start + AT_ONCE]
        times = [
            *Event.objects.filter(lead__in=some).values_list("at", flat=True),
            *Enquiry.objects.filter(lead__in=some).values_list("received_at", flat=True),
            *Answer.objects.filter(lead__in=some).values_list("answered_at", flat=True),
            *Message.objects.filter(lead__in=some, kind="followup", state="sent").values_list("sent_at", flat=True),
        ]
        _mark({hours.local_day(at) for at in times if at})


def _sent_since(since: datetime) -> list[datetime]:
    times = Message.objects.filter(kind="followup", state="sent", sent_at__gte=since).values_list("sent_at", flat=True)
    return [at for at in times if at]


def _mark(days: Iterable[date]) -> None:
    DayToCount.objects.bulk_create([DayToCount(day=day) for day in days], ignore_conflicts=True)


def _hours() -> OpeningHours:
    """As they stand now: a count must not use a zone that is a moment old."""
    return OpeningHours.of(Clinic.objects.get(pk=1), Closure.objects.values_list("day", flat=True))


def _locked() -> Counting:
    Counting.objects.get_or_create(pk=1)
    return Counting.objects.select_for_update().get(pk=1)
