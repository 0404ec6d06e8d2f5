"""What a list reads of a lead: the columns that its row needs, and no Lead made of them."""

from collections import namedtuple
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, Self, cast

from django.db import connection
from django.db.models import QuerySet

from leads.models import Lead, LeadQuerySet
from leads.models.statements import kept


class Listed(Protocol):
    """A Lead is one, too."""

    id: int
    reference: str
    screening: str
    name: str
    email: str
    topic: str
    reply_by: str
    may_leave_voicemail: bool
    stage_id: int
    category: str
    attention: str
    next_action: str
    due_at: datetime | None
    owner_id: int | None
    read_first: bool
    received_at: datetime
    waiting_since: datetime | None


COLUMNS = tuple(Listed.__annotations__)
_Read = namedtuple("_Read", COLUMNS)  # type: ignore[misc]  # their types stand above


def listed(leads: LeadQuerySet) -> QuerySet[Lead, Listed]:
    """The last step of a query: what it gives can only be looked at."""
    return cast(QuerySet[Lead, Listed], leads.values_list(*COLUMNS, named=True))


@dataclass(frozen=True)
class KeptList:
    """A list that can be asked for again and again: putting the query together takes longer than answering it."""

    leads: QuerySet[Lead, Listed]
    sql: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, leads: QuerySet[Lead, Listed]) -> Self:
        return cls(leads, *leads.query.sql_with_params())

    def now(self) -> list[Listed]:
        """SQLite keeps times as text, so there the query is Django's each time."""
        if connection.vendor == "sqlite":
            return list(self.leads.all())
        return [cast(Listed, _Read._make(row)) for row in kept(self.sql, self.params)]
