"""Brings database, cache and static files to the state that this release needs. Safe to run again, and by two at once."""

import hashlib
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

UNUSED = ["rest_framework"]  # the pages of its browsable API
LOCK = 5_823_001  # any number that no other program on this database uses


class Command(BaseCommand):
    help = "Migrate, make the cache table and collect the static files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--static", action="store_true", help="only the static files, for an image that is being built")

    def handle(self, *args: Any, static: bool, **options: Any) -> None:
        if not static:
            prepare_database()
        collect_static_files()


def prepare_database() -> None:
    if connection.vendor == "postgresql":
        be_polite_on_postgresql()
    call_command("migrate", interactive=False, verbosity=0)
    if "DatabaseCache" in settings.CACHES["default"]["BACKEND"]:
        call_command("createcachetable", verbosity=0)


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
    """Changes when a static file is added, removed or edited."""
    found = [pair for finder in get_finders() for pair in finder.list(UNUSED)]
    digest = hashlib.sha256()
    for path, storage in sorted(found, key=itemgetter(0)):
        digest.update(path.encode() + Path(storage.path(path)).read_bytes())
    return digest.hexdigest()
