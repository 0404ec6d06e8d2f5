"""What a report reads: sums of kept counts, in a number of queries that no period and no lead changes."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, Q, QuerySet, Sum

from leads.models import Counting, Cut, DayToCount, Measure, Tally
from leads.reports import mixes
from leads.reports.filters import LISTS, Filters
from leads.reports.periods import Period, Span

TREND = (Measure.ENQUIRIES, Measure.ANSWERS)


@dataclass(slots=True)
class Sums:
    buckets: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def total(self, measure: Measure) -> int:
        return self.buckets[measure].total()


@dataclass(slots=True)
class Counts:
    now: Sums = field(default_factory=Sums)
    before: Sums = field(default_factory=Sums)
    days: defaultdict[str, Counter[date]] = field(default_factory=lambda: defaultdict(Counter))  # of both: enquiries and answers


def counts(period: Period, by: Filters) -> Counts:
    found = Counts()
    for span, sums in ((period.span, found.now), (period.compared, found.before)):
        (_add_tallies if by.is_simple else _add_mixes)(sums, found.days, span, by)
    if by.is_simple:
        _add_days(found.days, period, by)
    return found


def _add_tallies(sums: Sums, days: defaultdict[str, Counter[date]], span: Span, by: Filters) -> None:
    for measure, bucket, n in _of(by).filter(span.holds()).values_list("measure", "bucket").annotate(n=Sum("count")).order_by():
        sums.buckets[measure][bucket] = n


def _add_days(days: defaultdict[str, Counter[date]], period: Period, by: Filters) -> None:
    rows = _of(by).filter(period.span.holds() | period.compared.holds(), measure__in=TREND)
    for measure, day, n in rows.values_list("measure", "day", "count"):
        days[measure][day] = n


def _of(by: Filters) -> QuerySet[Tally]:
    cut, value = by.the_one
    return Tally.objects.filter(cut=cut, value=value)


def _add_mixes(sums: Sums, days: defaultdict[str, Counter[date]], span: Span, by: Filters) -> None:
    for day, measure, bucket, n in mixes.counts_of(span, by):
        sums.buckets[measure][bucket] += n
        if measure in TREND:
            days[measure][day] = n


def by_value(span: Span, by: Filters) -> dict[Cut, Counter[str]]:
    """Enquiries by topic, source, owner and so on. A list that is filtered itself keeps to the other filters alone: so it shows what else
    there is to choose."""
    found: dict[Cut, Counter[str]] = {cut: Counter() for cut in LISTS}
    chosen = [cut for cut, _value in by.chosen]
    _add_values(found, span, by, [cut for cut in LISTS if cut not in chosen])
    for cut in chosen:
        _add_values(found, span, by.without(cut), [cut])
    return found


def _add_values(found: dict[Cut, Counter[str]], span: Span, by: Filters, cuts: list[Cut]) -> None:
    if by.chosen:
        for cut, value, n in mixes.values_of(span, by, cuts):
            found[cut][value] += n
    else:
        kept = Q(cut__in=cuts) | (Q(cut=Cut.ALL) & ~Q(value="") if Cut.LANGUAGE in cuts else Q())
        rows = Tally.objects.filter(span.holds(), kept, measure=Measure.ENQUIRIES)
        for name, value, n in rows.values_list("cut", "value").annotate(n=Sum("count")).order_by():
            found[Cut.LANGUAGE if name == Cut.ALL else Cut(name)][value] = n


def counting(period: Period) -> tuple[datetime | None, bool]:
    """Until when everything is counted, and whether days of this report are being counted anew."""
    marked = DayToCount.objects.filter(period.span.holds() | period.compared.holds())
    rows = Counting.objects.filter(pk=1).annotate(goes_on=Exists(marked)).values_list("counted_at", "goes_on")
    return rows.first() or (None, False)
