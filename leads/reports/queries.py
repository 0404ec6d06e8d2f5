"""What a report reads: sums of kept counts, in a number of queries that no period and no lead changes."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, Q, Sum

from leads.models import Counting, Cut, DayToCount, Measure, Tally
from leads.models.report import NOT_CLOSED
from leads.reports.facts import MixKey
from leads.reports.filters import LISTS, Filters
from leads.reports.mixes import CUTS, Mixes, fits
from leads.reports.periods import Period, Span

TREND = (Measure.ENQUIRIES, Measure.ANSWERS)
COMPARED = (*TREND, Measure.IN_TIME, Measure.WAIT, Measure.BOOKED)  # what the page says of the days before
Days = defaultdict[str, Counter[date]]
Lists = dict[Cut, Counter[str]]


@dataclass(slots=True)
class Sums:
    buckets: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def total(self, measure: Measure) -> int:
        return self.buckets[measure].total()


@dataclass(slots=True)
class Counts:
    now: Sums = field(default_factory=Sums)
    before: Sums = field(default_factory=Sums)
    days: Days = field(default_factory=lambda: defaultdict(Counter))  # of both: enquiries and answers
    lists: Lists = field(default_factory=lambda: {cut: Counter() for cut in LISTS})  # enquiries by topic, source, owner and so on


def counts(period: Period, by: Filters) -> Counts:
    """A list that is filtered itself keeps to the other filters alone: so it shows what else there is to choose."""
    found, near = Counts(), Mixes.near(by) if by.chosen else None
    if near and not by.is_simple:
        _of_mixes(found, period, near.only(by))
    else:
        _of_tallies(found, period, by)
    if near:
        _list_mixes(found.lists, near.enquiries(period.span), by)
    if by.is_simple:
        _list_everybody(found.lists, period.span, [cut for cut, _value in by.chosen] or LISTS)
    return found


def _of_tallies(found: Counts, period: Period, by: Filters) -> None:
    cut, value = by.the_one
    rows = Tally.objects.filter(cut=cut, value=value)
    for span, sums in ((period.span, found.now), (period.compared, found.before)):
        for measure, bucket, n in rows.filter(span.holds()).values_list("measure", "bucket").annotate(n=Sum("count")).order_by():
            sums.buckets[measure][bucket] = n
    daily = rows.filter(period.span.holds() | period.compared.holds(), measure__in=TREND)
    for measure, day, n in daily.values_list("measure", "day", "count"):
        found.days[measure][day] = n


def _of_mixes(found: Counts, period: Period, mixes: Mixes) -> None:
    for span, sums, measures in ((period.span, found.now, tuple(Measure)), (period.compared, found.before, COMPARED)):
        days: Days = defaultdict(Counter)
        for day, measure, bucket, n in mixes.counts(span, measures):
            sums.buckets[measure][bucket] += n
            if measure in TREND:
                days[measure][day] += n
        for measure in TREND:
            found.days[measure] |= days[measure]  # where the two overlap, a day is one day


def _list_mixes(lists: Lists, enquiries: dict[MixKey, int], by: Filters) -> None:
    own = {cut: by.without(cut) for cut in LISTS}
    for key, n in enquiries.items():
        for cut, value in zip(CUTS, key, strict=True):
            if (cut, value) != (Cut.REASON, NOT_CLOSED) and fits(key, own[cut]):
                lists[cut][value] += n


def _list_everybody(lists: Lists, span: Span, cuts: Collection[Cut]) -> None:
    kept = Q(cut__in=list(cuts)) | (Q(cut=Cut.ALL) & ~Q(value="") if Cut.LANGUAGE in cuts else Q())
    rows = Tally.objects.filter(span.holds(), kept, measure=Measure.ENQUIRIES)
    for name, value, n in rows.values_list("cut", "value").annotate(n=Sum("count")).order_by():
        lists[Cut.LANGUAGE if name == Cut.ALL else Cut(name)][value] = n


def counting(period: Period) -> tuple[datetime | None, bool]:
    """Until when everything is counted, and whether days of this report are being counted anew."""
    marked = DayToCount.objects.filter(period.span.holds() | period.compared.holds())
    rows = Counting.objects.filter(pk=1).annotate(goes_on=Exists(marked)).values_list("counted_at", "goes_on")
    return rows.first() or (None, False)
