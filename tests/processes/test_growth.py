"""After many captures the processes are no larger, hold no more files and threads, and the broker's folder is no fuller."""

import os
from functools import partial
from pathlib import Path

import pytest

from tests.processes.running import Run, handles, memory, threads
from tests.processes.visitors import Visitors, get
from tests.servers import await_that

pytestmark = pytest.mark.processes

# Captures after which everything that is loaded on first use has been; then those after which the page caches of SQLite are full, too.
WARM_UP, CAPTURES = (1_500, 10_000) if os.environ.get("CHAOS") == "full" else (200, 500)
MORE_MB = 12  # what the allocators may keep


def capture(run: Run, number: int, name: str) -> None:
    before = len(run.mails())
    visitors = Visitors([run.url], number, hands=4, name=name)
    try:
        await_that(partial(visitors.reached, number), 60 + number / 10, f"{number} captures")
    finally:
        visitors.leave()
    assert visitors.refusals == []
    await_that(lambda: len(run.mails()) == before + number, 30 + number / 10, "every acknowledgement")


def sizes(run: Run) -> tuple[float, int, int, int]:
    """PSS in MB, open files, threads, files of the broker, once nothing is under way."""
    await_that(lambda: not list((run.data / "broker" / "queue").iterdir()), 30, "an empty queue")
    processes = run.processes()
    return memory(processes), handles(processes), threads(processes), sum(1 for _ in (run.data / "broker").rglob("*"))


def test_nothing_grows(tmp_path: Path) -> None:
    with Run(tmp_path / "data", CAPTURE_LIMITS="1000000/10m") as run:
        capture(run, WARM_UP, "early")
        before = sizes(run)
        capture(run, CAPTURES, "late")
        after = sizes(run)
        assert get(f"{run.url}/readyz")[0] == 200
    grown = dict(zip(("MB", "handles", "threads", "broker files"), (b - a for a, b in zip(before, after, strict=True)), strict=True))
    assert grown["MB"] < MORE_MB, (before, after)
    assert grown["handles"] <= 4, (before, after)
    assert grown["threads"] <= 2, (before, after)
    assert grown["broker files"] <= 1, (before, after)
