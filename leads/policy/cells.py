"""Cells of files that somebody opens in a spreadsheet: none of them may be taken for a formula (guarantees S9)."""

import csv
import io
import unicodedata
from collections.abc import Iterable

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
MARK = "\ufeff"  # by which Excel knows UTF-8


def defused(text: str) -> str:
    """With an apostrophe before what a spreadsheet would work out: also behind blanks, and where its first sign is a full-width one."""
    if text[:1].isalnum():  # most are
        return text
    first = unicodedata.normalize("NFKC", text[:1] + text.lstrip(" \u00a0\u3000\u200b\ufeff\x00")[:1])
    return f"'{text}" if any(sign in STARTS for sign in first) else text


class CsvLines:
    """Rows as lines of CSV, a line at a time."""

    def __init__(self) -> None:
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer)

    def line(self, cells: Iterable[str]) -> str:
        self._writer.writerow([defused(cell) for cell in cells])
        line = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return line
