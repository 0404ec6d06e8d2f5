"""Row 13: importing a hundred thousand rows, and exporting a million, beside PostgreSQL's COPY of the same rows."""

import os
import subprocess
import sys
from collections.abc import Iterator

from tests.bench import product
from tests.bench.measure import Figure, Sample, Side, figure, interleave
from tests.bench.places import ROOT
from tests.bench.plan import Plan
from tests.bench.processes import run
from tests.bench.seeded import seeded

ROWS = 100_000
IMPORT, COPY, EXPORT, COPY_OUT = "import", "COPY of what it writes", "export", "COPY of the same columns"


def measure(plan: Plan) -> Iterator[Figure]:
    yield from _imports(plan)
    yield from _exports(plan)


def _imports(plan: Plan) -> Iterator[Figure]:
    settings, rows = product.env("files"), plan.count(ROWS)
    product.set_up("files", settings)
    run("files", [sys.executable, "-m", "tests.bench.inside", "user", "1"], settings)
    for task in ("prepare", "try", "import", "unload"):
        _do(task, rows, settings)
    taken = interleave({IMPORT: _side("import", rows, settings), COPY: _side("copy", rows, settings)}, plan.rounds, plan.warm_ups)
    yield figure("13", taken, COPY, unit="rows/s")
    yield figure("13", taken, IMPORT, unit="rows/s", base=COPY, goal="≥ 0.1", met=lambda ratio: ratio >= 0.1)


def _exports(plan: Plan) -> Iterator[Figure]:
    _, settings = seeded(plan.large)
    sides = {EXPORT: _side("export", plan.large, settings), COPY_OUT: _side("copy-out", plan.large, settings)}
    taken = interleave(sides, plan.rounds, plan.warm_ups)
    yield figure("13", taken, COPY_OUT, unit="rows/s")
    yield figure("13", taken, EXPORT, unit="rows/s", base=COPY_OUT, goal="≥ 0.25", met=lambda ratio: ratio >= 0.25)


def _side(task: str, rows: int, settings: dict[str, str]) -> Side:
    return lambda: Sample(rows / _do(task, rows, settings), rows)


def _do(task: str, rows: int, settings: dict[str, str]) -> float:
    """Seconds, without those in which Python starts."""
    command = [sys.executable, "-m", "tests.bench.files", task, str(rows)]
    return float(subprocess.run(command, env=os.environ | settings, cwd=ROOT, capture_output=True, check=True).stdout)
