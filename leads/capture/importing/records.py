"""Text becomes rows. However long a cell, a row or a stray quotation mark makes it, never more than one row and one piece are in memory."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from leads.models import Outcome

LONGEST_ROW = 100_000  # characters; below what csv takes as one cell
LONGEST_CELL = 10_000  # bytes of UTF-8


@dataclass(slots=True)
class Record:
    """`number` is that of a spreadsheet: the first row is 1, and a row of several lines is one. Without cells where it can't be read."""

    number: int
    cells: list[str]
    problem: Outcome | None = None


class _At(Enum):
    START = "the start of a cell"
    BARE = "in a cell without quotation marks"
    QUOTED = "in a cell between quotation marks"
    CLOSED = "behind a quotation mark in such a cell: its end, or the first of two"


@dataclass
class Splitter:
    """Cuts text at the ends of its rows. It reads quotation marks as csv does: only at the start of a cell do they open one."""

    delimiter: str
    at: _At = _At.START
    size: int = 0
    parts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._end_of_bare = re.compile(f"[{re.escape(self.delimiter)}\n]")

    def rows(self, text: str) -> Iterator[str | None]:
        """Those that end in `text`; None for one that was too long to keep."""
        begin = place = 0
        while place < len(text):
            place, is_end = self._step(text, place)
            if is_end:
                yield self._taken(text[begin : place - 1])
                begin = place
        self._keep(text[begin:])

    def rest(self) -> Iterator[str | None]:
        """What stands behind the last line end."""
        if self.size:
            yield self._taken("")

    def _step(self, text: str, place: int) -> tuple[int, bool]:
        """On to the next character that matters: the place behind it, and whether the row ends there."""
        if self.at is _At.QUOTED:
            found = text.find('"', place)
            self.at = _At.QUOTED if found < 0 else _At.CLOSED
            return (len(text) if found < 0 else found + 1), False
        if self.at is not _At.BARE and text[place] == '"':
            self.at = _At.QUOTED
            return place + 1, False
        if self.at is _At.START and (plain := self._plain_line(text, place)):
            return plain, True
        return self._to_end_of_cell(text, place)

    def _plain_line(self, text: str, place: int) -> int:
        """Behind the line, where what is left of it has no quotation mark, as most have none. Only at the start of a cell."""
        end = text.find("\n", place)
        return end + 1 if end >= 0 and text.find('"', place, end) < 0 else 0

    def _to_end_of_cell(self, text: str, place: int) -> tuple[int, bool]:
        found = self._end_of_bare.search(text, place)
        self.at = _At.START if found else _At.BARE
        if not found:
            return len(text), False
        return found.end(), found[0] == "\n"

    def _keep(self, part: str) -> None:
        self.size += len(part)
        if self.size <= LONGEST_ROW:
            self.parts.append(part)
        else:
            self.parts.clear()

    def _taken(self, last: str) -> str | None:
        self._keep(last)
        whole = "".join(self.parts) if self.size <= LONGEST_ROW else None
        self.size, self.parts, self.at = 0, [], _At.START
        return whole


def records(texts: Iterable[str], delimiter: str) -> Iterator[Record]:
    """Empty rows are counted and left out, as a spreadsheet shows them and means nothing by them."""
    splitter, number = Splitter(delimiter), 0
    for text in texts:
        for row in splitter.rows(text):
            number += 1
            if row is None or row.strip():
                yield _record(number, row, delimiter)
    is_open = splitter.at is _At.QUOTED
    for row in splitter.rest():
        yield Record(number + 1, [], Outcome.OPEN_QUOTE) if is_open else _record(number + 1, row, delimiter)


def _record(number: int, row: str | None, delimiter: str) -> Record:
    if row is None:
        return Record(number, [], Outcome.LONG_ROW)
    cells = next(csv.reader((row,), delimiter=delimiter))
    too_long = len(row) * 4 > LONGEST_CELL and any(len(cell.encode("utf-8", "replace")) > LONGEST_CELL for cell in cells)
    return Record(number, cells, Outcome.LONG_CELL if too_long else None)
