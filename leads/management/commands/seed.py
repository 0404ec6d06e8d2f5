"""`manage.py seed --leads N`: made-up leads with two years of history, for pictures, for trying things out and for measuring."""

import gc
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from leads.management.made_up.seeding import seed
from leads.management.made_up.world import World
from leads.models import DayToCount
from leads.reports.days import count_marked, mark_all

PATIENCE = 60  # seconds of counting, the newest days first: the worker counts what is left


class Command(BaseCommand):
    help = "Adds made-up leads with enquiries, events and mail that has already left. Nobody in them exists, and nothing is sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--leads", type=int, default=12, metavar="N", help="how many (12: a telling inbox)")
        parser.add_argument("--seed", type=int, default=1, help="another number makes other people's fates")

    def handle(self, *args: Any, leads: int, **options: Any) -> None:
        if leads < 1:
            raise CommandError("--leads is at least 1.")
        started, world = time.monotonic(), World.today(options["seed"])
        with _collector_off(), tqdm(total=leads, unit=" leads", disable=None) as bar:
            rows = sum(_seen(bar, *batch) for batch in seed(world, leads))
        mark_all()
        days, left = count_marked(patience=PATIENCE), DayToCount.objects.count()
        seconds = time.monotonic() - started
        pace = f"{rows:,} rows in {seconds:.1f} s ({rows / seconds:,.0f} rows a second)"
        self.stdout.write(f"{leads:,} made-up leads, {pace}. {days:,} days are counted for the reports, {left:,} are left.")


@contextmanager
def _collector_off() -> Iterator[None]:
    """The rows hold no cycles, and looking for some among them took a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _seen(bar: Any, leads: int, rows: int) -> int:
    bar.update(leads)
    return rows
