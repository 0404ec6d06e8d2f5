"""States, and the moves between them that a table beside them allows. Whoever makes one names the state that it had: of two, one does."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet


class IllegalMove(Exception):
    """A move that the table does not hold."""


def move(rows: QuerySet[Any], allowed: Mapping[str, Collection[str]], before: str, after: str, /, **fields: Any) -> int:
    """Compare and set: those of `rows` in `before` go to `after`. How many did."""
    if after not in allowed[before]:
        raise IllegalMove(f"{before} → {after}")
    return rows.filter(state=before).update(state=after, **fields)
