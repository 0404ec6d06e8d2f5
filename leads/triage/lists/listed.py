"""What a list reads of a lead: the columns that its row needs, and no Lead made of them."""

from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, Self, cast

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from leads.models import Lead, LeadQuerySet
from leads.models.statements import kept
from leads.triage.words.pages import Key


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


class Later(Expression):
    """In a query that is kept: what is only known when it is asked."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, _compiler: SQLCompiler, _connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", (self,)


@dataclass(frozen=True)
class KeptList:
    """A list that can be asked for again and again, after whichever row: putting the query together takes longer than answering it."""

    after: Callable[[Key], QuerySet[Lead, Listed]]
    sql: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, after: Callable[[Key], QuerySet[Lead, Listed]], kind: Key) -> Self:
        """`kind`: as the keys that it is asked for. A flag is a part of the query, anything else is filled in."""
        key = tuple(part if isinstance(part, bool) else Later(place) for place, part in enumerate(kind))
        return cls(after, *after(key).query.sql_with_params())

    def now(self, key: Key) -> list[Listed]:
        """SQLite keeps times as text, so there the query is Django's each time."""
        if connection.vendor == "sqlite":
            return list(self.after(key))
        values = [key[param.place] if isinstance(param, Later) else param for param in self.params]
        return [cast(Listed, _Read._make(row)) for row in kept(self.sql, values)]


def kind_of(key: Key) -> Key:
    return tuple(part if isinstance(part, bool) else None for part in key)
