"""The leads of a list as rows of a file: the columns that somebody chose, and never what they wrote.

Page by page of keys: however many there are, memory holds one page and no transaction stays open.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from leads.models import LeadQuerySet
from leads.triage.inbox.export_columns import ROW, Column, own_texts, words_of

PAGE = 2000


class Shown:
    """One lead of a page, for the record of who saw it."""

    __slots__ = ("id",)

    def __init__(self, pk: int) -> None:
        self.id = pk


@dataclass(frozen=True)
class Export:
    """`seen` is told of the leads of each page before any of them is given away: where it fails, no more of them is."""

    leads: LeadQuerySet
    columns: Sequence[Column]  # those of the lead's own row first, as `columns()` has them
    seen: Callable[[list[Shown]], None]

    def header(self) -> list[str]:
        return [str(column.label) for column in self.columns]

    def rows(self) -> Iterator[list[str]]:
        codes = [column.code for column in self.columns]
        words = [(place, words) for place, code in enumerate(codes, 1) if code in ROW and (words := words_of(code))]
        own = [code for code in codes if code not in ROW]
        for page in self._pages([code for code in codes if code in ROW]):
            self.seen([Shown(row[0]) for row in page])
            texts = own_texts(own, [row[0] for row in page]) if own else []
            for row in page:
                cells = list(row)
                for place, word in words:
                    cells[place] = word(cells[place])
                yield [*cells[1:], *(text.get(row[0], "") for text in texts)]

    def _pages(self, codes: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        rows = self.leads.order_by("pk").values_list("pk", *codes)
        last = 0
        while page := list(rows.filter(pk__gt=last)[:PAGE]):
            yield page
            last = page[-1][0]
