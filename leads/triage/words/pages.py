"""Pages by key, not by number: the last page costs what the first does, and nobody is skipped or shown twice while others arrive.

A cursor is the sort key of the row at the edge, as opaque text; one that makes no sense is the first page.
"""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

Order = tuple[str, ...]  # as for order_by(); ends in the id, so that no two rows are equal

LONGEST_WAITING: Order = ("-read_first", "due_at", "id")
SOONEST: Order = ("due_at", "id")
SOONEST_TASK: Order = ("due_at", "pk")  # a task's key is no number
NEWEST: Order = ("-received_at", "-id")
NEWEST_READ_FIRST: Order = ("-read_first", *NEWEST)
ROWS = 50
TYPES: dict[str, Any] = {"read_first": bool, "due_at": str, "received_at": str, "id": int, "pk": str}
TIMES = {"due_at", "received_at"}


T = TypeVar("T")  # what is read of a lead, or a task


@dataclass(frozen=True)
class Page(Generic[T]):
    leads: list[T]
    newer: str  # cursor of the page before; "" where there is none
    older: str


@dataclass(frozen=True)
class Cursor:
    back: bool
    key: tuple[Any, ...]

    def encoded(self) -> str:
        raw = json.dumps([self.back, *self.key], separators=(",", ":"), default=_as_text)
        return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")

    @classmethod
    def decoded(cls, text: str, order: Order) -> "Cursor | None":
        try:
            back, *key = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
            fields = [_bare(field) for field in order]
            if not isinstance(back, bool) or len(key) != len(fields):
                return None
            return cls(back, tuple(_value(field, value) for field, value in zip(fields, key, strict=True)))
        except (ValueError, TypeError, binascii.Error, RecursionError):
            return None


Key = tuple[Any, ...]  # of a row at an edge; () before the first


def page_of(leads: QuerySet[Any, T], order: Order, cursor: str = "", rows: int = ROWS) -> Page[T]:
    return paged(lambda key, sorting: list(beyond(leads, sorting, key)[: rows + 1]), order, cursor, rows)


def paged(fetch: Callable[[Key, Order], list[T]], order: Order, cursor: str, rows: int = ROWS) -> Page[T]:
    """`fetch` gives the first `rows` + 1 after a key, in an order."""
    at = Cursor.decoded(cursor, order) if cursor else None
    back = at is not None and at.back
    found = fetch(at.key if at else (), _reversed(order) if back else order)
    more = len(found) > rows
    found = found[:rows][::-1] if back else found[:rows]
    before, after = (more, True) if back else (at is not None, more)
    return _between(found, order, before=before, after=after)


def beyond(leads: QuerySet[Any, T], order: Order, key: Key) -> QuerySet[Any, T]:
    return (leads.filter(_beyond(order, key)) if key else leads).order_by(*order)


def _between(found: list[T], order: Order, *, before: bool, after: bool) -> Page[T]:
    if not found:
        return Page([], "", "")
    return Page(found, _edge(found[0], order, back=True) if before else "", _edge(found[-1], order, back=False) if after else "")


def _edge(lead: object, order: Order, *, back: bool) -> str:
    return Cursor(back, tuple(getattr(lead, _bare(field)) for field in order)).encoded()


def _beyond(order: Order, key: Key) -> Q:
    """Rows after `key`. Each level says its bound first (>=), which is what lets an index jump there."""
    field, value, falling = _bare(order[0]), key[0], order[0].startswith("-")
    if isinstance(value, bool):
        return _beyond_flag(field, value, falling, _beyond(order[1:], key[1:]))
    strictly = Q(**{f"{field}__{'lt' if falling else 'gt'}": value})
    if len(order) == 1:
        return strictly
    return Q(**{f"{field}__{'lte' if falling else 'gte'}": value}) & (strictly | _beyond(order[1:], key[1:]))


def _beyond_flag(field: str, value: bool, falling: bool, rest: Q) -> Q:
    """Behind the last of the two values there is no other: an equality, which the index can use."""
    same = Q(**{field: value}) & rest
    return same | Q(**{field: not value}) if value == falling else same


def _reversed(order: Order) -> Order:
    return tuple(field[1:] if field.startswith("-") else f"-{field}" for field in order)


def _bare(field: str) -> str:
    return field.removeprefix("-")


def _as_text(value: datetime | UUID) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _value(field: str, value: Any) -> Any:
    if type(value) is not TYPES[field]:
        raise ValueError
    if field == "pk":
        return UUID(value)
    if field == "id" and not 0 <= value < 2**63:
        raise ValueError
    return read_moment(value) if field in TIMES else value


def read_moment(text: str) -> datetime:
    """ValueError where no row can have such a time."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None or not 1970 < at.year < 9000:
        raise ValueError
    return at
