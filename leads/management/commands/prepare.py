"""Brings database, cache and static files to the state that this release needs. Safe to run again, and by two at once."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

UNUSED = ["rest_framework"]  # the pages of its browsable API
LOCK = 5_823_001  # any number that no other program on this database uses


class Command(BaseCommand):
    help = "Migrate, make the cache table and collect the static files."

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor == "postgresql":
            be_polite_on_postgresql()
        call_command("migrate", interactive=False, verbosity=0)
        if "DatabaseCache" in settings.CACHES["default"]["BACKEND"]:
            call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)


def be_polite_on_postgresql() -> None:
    """One at a time; and a migration that would wait for a busy table gives up instead of making every visitor queue behind it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SET lock_timeout = '5s'")
        cursor.execute("SET statement_timeout = '10min'")
