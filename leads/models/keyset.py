"""A list in pages by key, the newest first: the last page costs what the first does, and nothing is shown twice while others arrive."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet

from leads.models.ids import asked_id

ROWS = 50

T = TypeVar("T", bound=Model)


@dataclass(frozen=True)
class KeyPage(Generic[T]):
    found: list[T]
    newer: Any = None  # the key to go on from; None where there is nothing
    older: Any = None

    @classmethod
    def of(cls, rows: QuerySet[T], *, before: Any = None, after: Any = None) -> Self:
        """Those older than `before`, or newer than `after`. Keys grow."""
        if after:
            found = list(rows.filter(pk__gt=after).order_by("pk")[: ROWS + 1])
            more, found = len(found) > ROWS, found[:ROWS][::-1]
            return cls(found, found[0].pk if more else None, found[-1].pk) if found else cls([])
        found = list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[: ROWS + 1])
        more, found = len(found) > ROWS, found[:ROWS]
        return cls(found, found[0].pk if before else None, found[-1].pk if more else None) if found else cls([])

    @classmethod
    def asked(cls, rows: QuerySet[T], query: Mapping[str, str]) -> Self:
        """The page that an address asks for. Of rows whose keys are numbers."""
        return cls.of(rows, before=asked_id(query.get("before", "")), after=asked_id(query.get("after", "")))

    def links(self, **asked: str) -> dict[str, str]:
        """The queries of the pages beside this one."""
        kept = {name: value for name, value in asked.items() if value}
        newer = urlencode(kept | {"after": self.newer}) if self.newer else ""
        return {"newer": newer, "older": urlencode(kept | {"before": self.older}) if self.older else ""}
