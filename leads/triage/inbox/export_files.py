"""An export as the file that a spreadsheet opens: CSV, which leaves as it is read, or a workbook, which is whole only at its end."""

import tempfile
from collections.abc import Iterator
from itertools import chain, islice
from typing import IO

from django.utils.module_loading import import_string

from leads.policy.cells import MARK, CsvLines, defused
from leads.policy.scratch import scratch
from leads.triage.inbox.export import Export

WORKBOOK = "xlsxwriter.Workbook"  # looked up when somebody wants one: it costs each process megabytes
LINES = 500  # sent at once
MOST_OF_A_SHEET = 1_048_575  # rows below the first one, says Excel


def as_csv(export: Export) -> Iterator[bytes]:
    lines = CsvLines()
    yield (MARK + lines.line(export.header())).encode()
    rows = export.rows()
    while some := list(islice(rows, LINES)):
        yield "".join(map(lines.line, some)).encode()


def as_workbook(export: Export) -> IO[bytes]:
    """A file without a name, gone with its last reader. Row by row: no more than one of them is in memory."""
    file = tempfile.TemporaryFile(dir=scratch())  # noqa: SIM115  # the answer closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": str(scratch())}
    with import_string(WORKBOOK)(file, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for number, cells in enumerate(chain([export.header()], export.rows())):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, defused(cell))
    file.seek(0)
    return file
