"""Says loudly, at the end of a run, which kinds of tests it left out and how to include them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection

NEEDS = {
    "browser": "Chromium",
    "services": "PostgreSQL and Redis",
    "processes": "a minute, real processes and their own servers",
    "postgresql": "PostgreSQL",
}
counted: Counter[str] = Counter()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whoever runs on SQLite leaves out what only PostgreSQL can do; `make check` runs on both."""
    if connection.vendor != "postgresql":
        others = [item for item in items if item.get_closest_marker("postgresql")]
        items[:] = [item for item in items if item not in others]
        config.hook.pytest_deselected(items=others)


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    counted.update(kind for item in items for kind in NEEDS if item.get_closest_marker(kind))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of pytest-xdist hands its count to the one that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(counted)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object | None) -> None:
    counted.clear()  # each process collects, and leaves out, the same tests
    counted.update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not counted:
        return
    terminalreporter.section("LEFT OUT", yellow=True)
    for kind, number in counted.items():
        terminalreporter.write_line(f"{number} {kind} tests: they need {NEEDS[kind]}.", yellow=True)
    terminalreporter.write_line("Include them with: make check", yellow=True)
