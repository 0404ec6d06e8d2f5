"""How many, as far as it matters: never a count of a whole table, and all the numbers of a page in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from leads.access import Sight
from leads.models import LeadQuerySet, Notice, User
from leads.models.statements import kept

MANY, UNREAD = 1000, 100


@dataclass(frozen=True)
class Counting:
    """One statement that counts several sets, each up to its own limit. It can be kept and asked again."""

    sql: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, sets: Iterable[tuple[QuerySet[Any], int]]) -> Self:
        parts = [_part(leads, limit) for leads, limit in sets]
        counts = [f"(SELECT COUNT(*) FROM ({sql}) AS counted)" if sql else "0" for sql, _ in parts]  # noqa: S608  # nosec B608: Django's own SQL
        return cls(f"SELECT {', '.join(counts)}", tuple(param for _, params in parts for param in params))

    def now(self) -> list[int]:
        [numbers] = kept(self.sql, self.params)
        return list(numbers)


def waiting_and_unread(user: User) -> tuple[str, str]:
    """For the frame of every page: how many need us, and how much the desk has told this person that they have not seen."""
    waiting, unread = _frame(Sight.of(user), user.pk).now()
    return in_words(waiting), unread_in_words(unread)


@lru_cache(maxsize=256)
def _frame(sight: Sight, me: int) -> Counting:
    return Counting.of([(sight.leads().needs_us(), MANY), unread_of(me)])


def unread_of(user: int) -> tuple[QuerySet[Notice], int]:
    return Notice.objects.filter(user=user).unread(), UNREAD


def unread_in_words(number: int) -> str:
    """ "" where there is nothing."""
    return f"{UNREAD - 1}+" if number >= UNREAD else str(number or "")


def capped(leads: LeadQuerySet) -> str:
    return in_words(*Counting.of([(leads, MANY)]).now())


def in_words(number: int) -> str:
    return f"{MANY - 1}+" if number >= MANY else str(number)


def _part(leads: QuerySet[Any], limit: int) -> tuple[str, tuple[Any, ...]]:
    """ "" for a set that is empty whatever the table holds."""
    try:
        return leads.order_by().values("pk")[:limit].query.sql_with_params()
    except EmptyResultSet:
        return "", ()
