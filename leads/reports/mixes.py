"""Topic, source, owner, stage, close reason and language together: which mixes there are, and what was counted for those that fit."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Self

from django.db.models import Q, QuerySet, Sum

from leads.models import Cut, Measure, Mix, MixDay
from leads.models.report import COLUMNS
from leads.reports.facts import MixKey
from leads.reports.filters import Filters
from leads.reports.periods import Span

CUTS = (Cut.TOPIC, Cut.SOURCE, Cut.OWNER, Cut.STAGE, Cut.REASON, Cut.LANGUAGE)
MANY = 1000


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


@dataclass(frozen=True, slots=True)
class Mixes:
    which: Q
    keys: Mapping[int, MixKey]

    @classmethod
    def near(cls, by: Filters) -> Self:
        """Those that fit, and those that would with another value of one filter: what its own list shows."""
        wider = [by.without(cut) for cut, _value in by.chosen] if len(by.chosen) > 1 else [by]
        which = reduce(or_, (Q(**each.parameters) for each in wider))
        return cls(which, {row[0]: row[1:] for row in Mix.objects.filter(which).values_list("pk", *CUTS)})

    def only(self, by: Filters) -> Self:
        return type(self)(Q(**by.parameters), {pk: key for pk, key in self.keys.items() if fits(key, by)})

    def days(self, span: Span) -> QuerySet[MixDay]:
        """Named one by one, because the planner then knows how few they are. Where they are many, going through the days is right."""
        ids = list(self.keys) if len(self.keys) <= MANY else Mix.objects.filter(self.which)
        return MixDay.objects.filter(span.holds(), mix__in=ids).order_by()

    def counts(self, span: Span, measures: Collection[Measure]) -> Iterator[tuple[date, Measure, str, int]]:
        """Day, measure, bucket and how many. All columns of a day are summed at once, for finding its rows is what costs."""
        columns = {f"n_{name}": key for name, key in COLUMNS.items() if key[0] in measures}
        sums = {name: Sum(name.removeprefix("n_")) for name in columns}
        for day, *counts in self.days(span).values("day").annotate(**sums).values_list("day", *sums):
            for (measure, bucket), n in zip(columns.values(), counts, strict=True):
                if n:
                    yield day, measure, f"{day.weekday()}-{bucket}" if measure == Measure.HOUR else bucket, n

    def enquiries(self, span: Span) -> dict[MixKey, int]:
        rows = self.days(span).filter(enquiries__gt=0).values("mix").annotate(n=Sum("enquiries"))
        return {self.keys[pk]: n for pk, n in rows.values_list("mix", "n") if pk in self.keys}


def fits(key: MixKey, by: Filters) -> bool:
    return all(key[CUTS.index(cut)] == value for cut, value in by.chosen)
