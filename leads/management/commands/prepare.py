"""Brings database, cache and static files to the state that this release needs. Safe to run again, and by two at once."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
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
        collect_static_files()


def be_polite_on_postgresql() -> None:
    """One at a time; and a migration that would wait for a busy table gives up instead of making every visitor queue behind it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SET lock_timeout = '5s'")
        cursor.execute("SET statement_timeout = '10min'")


def collect_static_files() -> None:
    """Compressing them takes longer than all the rest of a start, so only when one has changed."""
    mark = Path(settings.STATIC_ROOT) / "collected.txt"
    fingerprint = fingerprint_of_sources()
    if not mark.exists() or mark.read_text() != fingerprint:
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
        mark.write_text(fingerprint)


def fingerprint_of_sources() -> str:
    """Changes when a static file is added, removed, edited or replaced by an upgrade."""
    sources = [(path, storage) for finder in get_finders() for path, storage in finder.list(UNUSED)]
    stats = [(path, Path(storage.path(path)).stat()) for path, storage in sources]
    return hashlib.sha256(repr([(path, stat.st_size, stat.st_mtime_ns) for path, stat in stats]).encode()).hexdigest()
