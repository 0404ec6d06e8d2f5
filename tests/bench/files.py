"""What row 13 does with Leadwell's own code, in a process of its own: `python -m tests.bench.files import 100000`. It prints seconds."""

import os
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
django.setup()

from django.conf import settings  # noqa: E402  # Django must be set up first
from django.core.files.base import File  # noqa: E402  # Django must be set up first
from django.db import connection  # noqa: E402  # Django must be set up first

from leads.access import record_read  # noqa: E402  # Django must be set up first
from leads.capture.importing import actions  # noqa: E402  # Django must be set up first
from leads.capture.importing.work import work  # noqa: E402  # Django must be set up first
from leads.models import AT_WORK, Import, Lead, User  # noqa: E402  # Django must be set up first
from leads.models.ids import uuid7  # noqa: E402  # Django must be set up first
from leads.triage.inbox.export import Export  # noqa: E402  # Django must be set up first
from leads.triage.inbox.export_columns import COLUMNS  # noqa: E402  # Django must be set up first
from leads.triage.inbox.export_files import as_csv  # noqa: E402  # Django must be set up first
from tests.bench.product import MESSAGE, enquiry  # noqa: E402  # Django must be set up first

TABLES = ("leads_lead", "leads_enquiry", "leads_event", "leads_importrow")  # in the order in which they refer to each other


def prepared(rows: int) -> None:
    """An import that was tried out, and the same rows as COPY takes them."""
    _empty("leads_import")
    by = User.objects.get(email="bob@example.com")
    path = Path(settings.DATA_DIR, "people.csv")
    path.write_bytes(b"".join(_lines(rows)))
    with path.open("rb") as file:
        found = actions.upload(by=by, file=File(file))  # type: ignore[arg-type]  # it is read in chunks, and asked nothing else
    actions.choose(by=by, found=found, columns=found.columns, same_person="join", arrives="done")


def tried_out(rows: int) -> None:
    _through()


def imported(rows: int) -> None:
    found = Import.objects.get()
    _empty(*TABLES)
    Import.objects.update(state="checked")
    actions.run(by=User.objects.get(email="bob@example.com"), found=found)
    _through()
    if Lead.objects.count() != rows:
        raise RuntimeError("Not all of them came in.")


def unloaded(rows: int) -> None:
    """What the import wrote, as files."""
    for table in TABLES:
        with connection.cursor() as cursor, _file(table).open("wb") as file:
            raw: Any = cursor
            with raw.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
                for block in copy:
                    file.write(block)


def copied(rows: int) -> None:
    _empty(*TABLES)
    for table in TABLES:
        with connection.cursor() as cursor, _file(table).open("rb") as file:
            raw: Any = cursor
            with raw.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy:
                while block := file.read(65_536):
                    copy.write(block)


def exported(rows: int) -> None:
    user = User.objects.get(email="bob@example.com")
    request = uuid7()
    made = Export(Lead.objects.accepted(), COLUMNS, lambda shown: record_read(user, "export", shown, "export", request))
    _throw_away(as_csv(made))


def copied_out(rows: int) -> None:
    columns = ", ".join(column.code for column in COLUMNS)
    statement = f"COPY (SELECT {columns} FROM leads_lead WHERE screening = 'accepted' ORDER BY id) TO STDOUT (FORMAT csv)"  # noqa: S608  # columns of ours
    with connection.cursor() as cursor:
        raw: Any = cursor
        with raw.copy(statement) as copy:
            _throw_away(bytes(block) for block in copy)


def _throw_away(blocks: Iterator[bytes]) -> None:
    with Path(os.devnull).open("wb") as nowhere:
        for block in blocks:
            nowhere.write(block)


def _lines(rows: int) -> Iterator[bytes]:
    yield b"Name,Email,Phone,Message\n"
    for number, _ in zip(count(), range(rows), strict=False):
        person = enquiry(number)
        yield f'{person["name"]},{person["email"]},{person["phone"]},"{MESSAGE}"\n'.encode()


def _through() -> None:
    while Import.objects.filter(state__in=AT_WORK).exists():
        work()


def _empty(*tables: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")


def _file(table: str) -> Path:
    return Path(settings.DATA_DIR, f"{table}.copy")


TASKS = {
    "prepare": prepared,
    "try": tried_out,
    "import": imported,
    "unload": unloaded,
    "copy": copied,
    "export": exported,
    "copy-out": copied_out,
}

if __name__ == "__main__":
    start = time.perf_counter()
    TASKS[sys.argv[1]](int(sys.argv[2]))
    sys.stdout.write(f"{time.perf_counter() - start}\n")
