"""What a report reads: sums of kept counts, in a number of queries that no period and no lead changes."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet, Sum

from leads.models import Counting, Cut, Measure, Tally
from leads.reports.periods import Period, Span

FILTERS = (Cut.TOPIC, Cut.SOURCE, Cut.OWNER, Cut.STAGE, Cut.REASON)


@dataclass(frozen=True, slots=True)
class Filter:
    cut: str = Cut.ALL
    value: str = ""

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> "Filter":
        """One at a time: the first that is there. NUL is in no count, and PostgreSQL takes none."""
        found = ((cut, query[cut].replace("\0", "")) for cut in FILTERS if cut in query)
        return next((cls(cut.value, value) for cut, value in found), cls())


@dataclass(slots=True)
class Sums:
    buckets: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def total(self, measure: Measure) -> int:
        return self.buckets[measure].total()


def sums(span: Span, by: Filter) -> Sums:
    found = Sums()
    rows = _within(span).filter(cut=by.cut, value=by.value).values_list("measure", "bucket").annotate(n=Sum("count")).order_by()
    for measure, bucket, n in rows:
        found.buckets[measure][bucket] = n
    return found


def daily(first: date, last: date, by: Filter) -> dict[str, Counter[date]]:
    rows = Tally.objects.filter(day__gte=first, day__lte=last, cut=by.cut, value=by.value, measure__in=[Measure.ENQUIRIES, Measure.ANSWERS])
    found: dict[str, Counter[date]] = {Measure.ENQUIRIES: Counter(), Measure.ANSWERS: Counter()}
    for day, measure, n in rows.values_list("day", "measure", "count"):
        found[measure][day] = n
    return found


def by_value(span: Span) -> dict[str, Counter[str]]:
    """Enquiries by topic, source, owner, stage and close reason."""
    found: dict[str, Counter[str]] = {cut: Counter() for cut in FILTERS}
    rows = _within(span).filter(measure=Measure.ENQUIRIES).exclude(cut=Cut.ALL)
    for cut, value, n in rows.values_list("cut", "value").annotate(n=Sum("count")).order_by():
        found[cut][value] = n
    return found


def counting() -> Counting | None:
    return Counting.objects.filter(pk=1).first()


def days_of(period: Period, by: Filter) -> dict[str, Counter[date]]:
    return daily(min(period.compared.first, period.span.first), period.span.last, by)


def _within(span: Span) -> QuerySet[Tally]:
    return Tally.objects.filter(day__gte=span.first, day__lte=span.last)
