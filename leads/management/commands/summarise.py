"""`manage.py summarise`: counts for the reports what is new; with `--rebuild`, everything anew (after a new time zone, or an erasure)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from leads.reports.days import count_marked, mark_all, mark_touched


class Command(BaseCommand):
    help = "Counts for the reports what happened since the last time. The worker does it every minute by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="count every day anew")

    def handle(self, *args: Any, rebuild: bool, **options: Any) -> None:
        if rebuild:
            mark_all()
        else:
            mark_touched(timezone.now())
        days = count_marked(patience=float("inf"))
        self.stdout.write(f"{days:,} {'day' if days == 1 else 'days'} counted.")
