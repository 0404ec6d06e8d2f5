"""Topic, source, owner, stage, close reason and language together: which mixes there are, and what was counted for those that fit."""

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import OuterRef, Subquery, Sum

from leads.models import Cut, Measure, Mix, MixDay
from leads.models.report import COLUMNS, NOT_CLOSED
from leads.reports.facts import MixKey
from leads.reports.filters import Filters
from leads.reports.periods import Span

CUTS = (Cut.TOPIC, Cut.SOURCE, Cut.OWNER, Cut.STAGE, Cut.REASON, Cut.LANGUAGE)


def ids_of(keys: Collection[MixKey]) -> dict[MixKey, int]:
    """Makes those that are new. Whoever counts takes turns, so nobody else makes one meanwhile."""
    known = _known(keys)
    new = [Mix(**dict(zip(CUTS, key, strict=True))) for key in keys if key not in known]
    if not new:
        return known
    Mix.objects.bulk_create(new, batch_size=1000)
    return _known(keys)


def _known(keys: Collection[MixKey]) -> dict[MixKey, int]:
    """Those of these sources and owners: to ask for each by all six would be longer than the answer."""
    near = Mix.objects.filter(source__in={key[1] for key in keys}, owner__in={key[2] for key in keys})
    return {row[1:]: row[0] for row in near.values_list("pk", *CUTS)}


def counts_of(span: Span, by: Filters) -> Iterator[tuple[date, Measure, str, int]]:
    """Day, measure, bucket and how many. All columns of a day are summed at once, for reading a row is what costs."""
    columns = {f"n_{name}": Sum(name) for name in COLUMNS}
    rows = MixDay.objects.filter(span.holds(), mix__in=Mix.objects.filter(**by.parameters)).values("day").annotate(**columns).order_by()
    for day, *counts in rows.values_list("day", *columns):
        for (measure, bucket), n in zip(COLUMNS.values(), counts, strict=True):
            if n:
                yield day, measure, f"{day.weekday()}-{bucket}" if measure == Measure.HOUR else bucket, n


def values_of(span: Span, by: Filters, cuts: Collection[Cut]) -> Iterator[tuple[Cut, str, int]]:
    """Cut, value and how many enquiries: each mix that fits, once for each of the cuts."""
    days = MixDay.objects.filter(span.holds(), mix=OuterRef("pk")).values("mix").annotate(n=Sum("enquiries")).values("n")
    found = Mix.objects.filter(**by.parameters).annotate(n=Subquery(days)).exclude(n=None)
    for n, *values in found.values_list("n", *cuts):
        yield from ((cut, value, n) for cut, value in zip(cuts, values, strict=True) if (cut, value) != (Cut.REASON, NOT_CLOSED))
