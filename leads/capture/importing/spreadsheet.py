"""The rows that did not come in, as a file to mend and import again."""

from collections.abc import Iterator
from itertools import islice

from leads.capture.importing.work import rows_of
from leads.models import LEFT_OUT, REJECTED, Import, ImportRow, Outcome, Unreadable
from leads.policy.cells import MARK, CsvLines

LONGEST = 1000  # of a cell: what is wrong with a longer one its beginning shows


def left_out(found: Import) -> Iterator[str]:
    """A line at a time. Once the file is gone, or the keys don't open it, its numbers and reasons alone."""
    lines = CsvLines()
    reasons = ImportRow.objects.filter(imported=found, outcome__in=(*LEFT_OUT, *REJECTED)).order_by("number")
    wanted = reasons.values_list("number", "outcome").iterator(chunk_size=2000)
    try:
        rows = rows_of(found)
        header = next(rows).cells
    except (FileNotFoundError, Unreadable):
        rows, header = iter(()), []
    yield MARK + lines.line(["Row", "Reason", *header])
    cells_of = _Cells((record.number, record.cells) for record in rows)
    for number, outcome in wanted:
        cells = [cell[:LONGEST] for cell in islice(cells_of.at(number), 200)]
        yield lines.line([str(number), str(Outcome(outcome).label), *cells])


class _Cells:
    """Goes through the file once, beside the list of numbers."""

    def __init__(self, rows: Iterator[tuple[int, list[str]]]) -> None:
        self._rows = rows

    def at(self, wanted: int) -> list[str]:
        return next((cells for number, cells in self._rows if number >= wanted), [])
