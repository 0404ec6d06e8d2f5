"""`python -m tests.bench [--quick] [rows…]`; without rows, all of them. `make bench` runs this."""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.bench import table
from tests.bench.measure import Figure
from tests.bench.plan import QUICK, Plan
from tests.bench.rows import (
    row01_capture,
    row02_latency,
    row04_mail,
    row06_click,
    row07_desk,
    row09_search,
    row10_poll,
    row12_reports,
    row13_files,
    row15_running,
    row16_pages,
    row17_sqlite,
)

ROWS: dict[str, Callable[[Plan], Iterator[Figure]]] = {
    "1": row01_capture.measure,
    "2": row02_latency.measure,
    "4": row04_mail.at_once,
    "5": row04_mail.after_10_ms,
    "6": row06_click.measure,
    "7": row07_desk.beside_others,
    "8": row07_desk.growth,
    "9": row09_search.measure,
    "10": row10_poll.measure,
    "12": row12_reports.measure,
    "13": row13_files.measure,
    "15": row15_running.measure,
    "16": row16_pages.measure,
    "17": row17_sqlite.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}; default: all")
    parser.add_argument("--quick", action="store_true", help="a few operations each: shows that it works, measures nothing")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--large", type=int, help="leads in the large database (1000000)")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what the run started ends with it, as it does on Ctrl-C
    plan = QUICK if options.quick else Plan()
    plan = replace(plan, **{name: value for name in ("rounds", "large") if (value := getattr(options, name))})
    figures = [figure for row in options.rows or ROWS for figure in measured(row, plan)]
    sys.stdout.write(f"{table.show(figures)}\n\nAlso in {table.keep(figures)}\n")


def measured(row: str, plan: Plan) -> list[Figure]:
    start = time.monotonic()
    sys.stderr.write(f"Row {row} …")
    sys.stderr.flush()
    figures = list(ROWS[row](plan))
    sys.stderr.write(f" {time.monotonic() - start:.0f} s\n")
    return figures


if __name__ == "__main__":
    main()
