"""How many, as far as it matters: never a count of a whole table, and all the numbers of a page in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import EmptyResultSet

from leads.models import LeadQuerySet
from leads.models.statements import kept

MANY = 1000


@dataclass(frozen=True)
class Counting:
    """One statement that counts several sets of leads, each up to its own limit. It can be kept and asked again."""

    sql: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, sets: Iterable[tuple[LeadQuerySet, int]]) -> Self:
        parts = [_part(leads, limit) for leads, limit in sets]
        counts = [f"(SELECT COUNT(*) FROM ({sql}) AS counted)" if sql else "0" for sql, _ in parts]  # noqa: S608  # nosec B608: Django's own SQL
        return cls(f"SELECT {', '.join(counts)}", tuple(param for _, params in parts for param in params))

    def now(self) -> list[int]:
        [numbers] = kept(self.sql, self.params)
        return list(numbers)


def capped(leads: LeadQuerySet) -> str:
    return in_words(*Counting.of([(leads, MANY)]).now())


def in_words(number: int) -> str:
    return f"{MANY - 1}+" if number >= MANY else str(number)


def _part(leads: LeadQuerySet, limit: int) -> tuple[str, tuple[Any, ...]]:
    """ "" for a set that is empty whatever the table holds."""
    try:
        return leads.order_by().values("pk")[:limit].query.sql_with_params()
    except EmptyResultSet:
        return "", ()
