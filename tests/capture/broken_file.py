"""A hundred thousand rows with everything wrong that files have, imported in a process of its own: `python -m tests.capture.broken_file`.

Its DATA_DIR and its database are the caller's, by environment. It prints what became of the rows, and the memory that it took.
"""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import django
import psutil

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
django.setup()

from django.core.files.uploadedfile import TemporaryUploadedFile  # noqa: E402  # Django must be set up first
from django.core.management import call_command  # noqa: E402  # Django must be set up first

from leads.capture.importing import actions, spreadsheet  # noqa: E402  # Django must be set up first
from leads.capture.importing.work import work  # noqa: E402  # Django must be set up first
from leads.models import Import, ImportRow, Lead, Outcome, Role, User  # noqa: E402  # Django must be set up first

HUGE = 40 * 1024 * 1024  # bytes of one cell


GOOD = "Vera {n},vera{n}@example.com,+1 555 010 {last:04d},I would like to come.", Outcome.MADE
KINDS = {  # by the last digits of the row
    1: ("vera again,vera{before}@example.com,,", Outcome.REPEATED),
    2: ("V\u00e9ra,vera{n}@example.com,,ma\u00f1ana", Outcome.MADE),
    3: ('"=HYPERLINK(""http://example.com"")",vera{n}@example.com,,"a ""quoted"" word,\r\nand a line"', Outcome.MADE),
    4: ("Vera {n},vera{n}@example.com", Outcome.TOO_FEW),
    5: ("Vera {n},vera{n}@example.com,,,and more", Outcome.TOO_MANY),
    6: ("Vera {n},vera{n}@,,", Outcome.BAD_EMAIL),
    7: ("=1+1,vera{n}@example.com,,", Outcome.MADE),
    8: (",vera{n}@example.com,,", Outcome.NO_NAME),
    9: ("Vera {n},vera{n}@example.com,12,", Outcome.BAD_PHONE),
}


def row(number: int, rows: int) -> tuple[bytes, Outcome]:
    """And what has to become of it."""
    if number == rows // 2 + 10:
        return b"Vera,huge@example.com,," + b"x" * HUGE, Outcome.LONG_ROW
    if number % 2000 == 7:
        return f"Vera,vera{number}@example.com,,".encode() + b"y" * 10_001, Outcome.LONG_CELL
    text, outcome = KINDS.get(number % 20, GOOD)
    return text.format(n=number, before=number - 1, last=number % 10_000).encode("latin-1"), outcome


def content(rows: int) -> Iterator[bytes]:
    yield "\ufeffFull name,E-mail,Phone,Message\r\n".encode()
    for number in range(rows):
        yield row(number, rows)[0] + b"\r\n"


def through(state: str) -> None:
    while Import.objects.get().state == state:
        work(5)


class Watch(Thread):
    """The most memory that this process takes, in MB, looked at every few milliseconds."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._process, self._over = psutil.Process(), Event()
        self.idle = self.most = self._now()

    def run(self) -> None:
        while not self._over.is_set():
            self.most = max(self.most, self._now())
            time.sleep(0.005)

    def end(self) -> float:
        self._over.set()
        self.join()
        return self.most - self.idle

    def _now(self) -> float:
        return float(self._process.memory_info().rss) / 1024 / 1024


def main(rows: int) -> None:
    call_command("migrate", verbosity=0)
    alice = User.objects.create_user("alice@example.com", None, role=Role.MANAGER)
    file = TemporaryUploadedFile("people.csv", "text/csv", 0, "utf-8")
    for piece in content(rows):
        file.write(piece)
    file.size = file.tell()
    watch = Watch()
    watch.start()
    found = actions.upload(by=alice, file=file)
    actions.choose(by=alice, found=found, columns=found.columns, same_person="join", arrives="done")
    through("checking")
    tried = Import.objects.get()
    actions.run(by=alice, found=tried)
    through("running")
    done = Import.objects.get()
    lines = sum(1 for _ in spreadsheet.left_out(done)) - 1
    above_idle = watch.end()
    expected = Counter(row(number, rows)[1] for number in range(rows))
    kept = dict(ImportRow.objects.order_by("number").values_list("number", "outcome"))
    wrong = [number for number in range(rows) if kept.get(number + 2) != row(number, rows)[1]]
    report = {
        "state": done.state,
        "rows": done.rows,
        "counts_as_expected": done.counts == dict(expected) == tried.counts,
        "wrong": wrong[:10],
        "left_out_lines": lines,
        "leads": Lead.objects.count(),
        "made": expected[Outcome.MADE],
        "rejected": rows - expected[Outcome.MADE] - expected[Outcome.REPEATED],
        "above_idle": above_idle,
    }
    Path(os.environ["DATA_DIR"], "report.json").write_text(json.dumps(report))


if __name__ == "__main__":
    main(int(sys.argv[1]))
