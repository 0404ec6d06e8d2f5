"""How many, as far as it matters: never a count of a whole table, and all the numbers of a page in one statement."""

import math
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from leads.access import Sight
from leads.models import LeadQuerySet, Notice, User
from leads.models.statements import kept

MANY, UNREAD = 1000, 100
STILL_FULL = 5  # times as long as settings are remembered


class Counting:
    """One statement that counts several sets, each up to its own limit. It can be kept and asked again.

    A set that held MANY a moment ago is taken to hold them still: counting so far costs as much as the rest of a page's trips together.
    """

    def __init__(self, sets: Iterable[tuple[QuerySet[Any], int]]) -> None:
        self._parts = [(*_part(leads, limit), limit) for leads, limit in sets]
        self._full_until = [-math.inf] * len(self._parts)

    def now(self) -> list[int]:
        asked = [place for place, until in enumerate(self._full_until) if time.monotonic() >= until]
        numbers = [limit for _sql, _params, limit in self._parts]
        for place, number in zip(asked, self._count(asked), strict=True):
            if number == numbers[place] >= MANY:
                self._full_until[place] = time.monotonic() + STILL_FULL * settings.REMEMBER_SECONDS
            numbers[place] = number
        return numbers

    def _count(self, asked: Iterable[int]) -> Iterable[int]:
        parts = [self._parts[place] for place in asked]
        if not parts:
            return []
        counts = [f"(SELECT COUNT(*) FROM ({sql}) AS counted)" if sql else "0" for sql, _params, _limit in parts]  # noqa: S608  # nosec B608: Django's own SQL
        [numbers] = kept(f"SELECT {', '.join(counts)}", [param for _sql, params, _limit in parts for param in params])
        return numbers


def waiting_and_unread(user: User) -> tuple[str, str]:
    """For the frame of every page: how many need us, and how much the desk has told this person that they have not seen."""
    waiting, unread = _frame(Sight.of(user), user.pk).now()
    return in_words(waiting), unread_in_words(unread)


@lru_cache(maxsize=256)
def _frame(sight: Sight, me: int) -> Counting:
    return Counting([(sight.leads().needs_us(), MANY), unread_of(me)])


def unread_of(user: int) -> tuple[QuerySet[Notice], int]:
    return Notice.objects.filter(user=user).unread(), UNREAD


def unread_in_words(number: int) -> str:
    """ "" where there is nothing."""
    return f"{UNREAD - 1}+" if number >= UNREAD else str(number or "")


def capped(leads: LeadQuerySet) -> str:
    return in_words(*Counting([(leads, MANY)]).now())


def in_words(number: int) -> str:
    return f"{MANY - 1}+" if number >= MANY else str(number)


def _part(leads: QuerySet[Any], limit: int) -> tuple[str, tuple[Any, ...]]:
    """ "" for a set that is empty whatever the table holds."""
    try:
        return leads.order_by().values("pk")[:limit].query.sql_with_params()
    except EmptyResultSet:
        return "", ()
