"""Everything on this machine: prepare, say where it is, then hand over to the supervisor of web, worker and beat."""

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from leads.clinic.actions import ensure_first_link

CELERY = [sys.executable, "-m", "celery", "--quiet", "--workdir", str(settings.BASE_DIR), "--app", "project.celery"]


class Command(BaseCommand):
    help = "Set up and start web, worker and beat on 127.0.0.1; Ctrl-C stops all."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_a_taken_port()
        try:
            call_command("prepare")
        except OperationalError as error:
            raise CommandError(f"DATABASE_URL: the database can't be used. {str(error).strip()}") from error
        self.stdout.write(f"Leadwell: {settings.PUBLIC_URL}/  Desk: {settings.PUBLIC_URL}/desk/  Ctrl-C stops it.")
        if settings.EMAIL_BACKEND == "leads.followup.eml.EmailBackend":
            self.stdout.write(f"Mail reaches nobody yet: it is put into {settings.EMAIL_FILE_PATH}. EMAIL_URL names a relay.")
        if link := ensure_first_link():
            self.stdout.write(f"Sign in: {link}")
        self.stdout.flush()
        hand_over()


def refuse_a_taken_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", settings.PORT))
        except OSError as error:
            raise CommandError(f"Port {settings.PORT} is in use. Choose another, like: PORT={settings.PORT + 1} make run") from error


def hand_over() -> None:
    """The supervisor takes our place, and the memory that Django needs is free again."""
    os.environ["DATA_DIR"] = str(settings.DATA_DIR)
    supervisor = str(settings.BASE_DIR / "project" / "supervisor.py")
    commands = ["web", *web(settings.PORT), "--", "worker", *worker(), "--", "beat", *beat()]
    os.execv(sys.executable, [sys.executable, supervisor, *commands])  # noqa: S606  # nosec B606: our own words


def web(port: int) -> list[str]:
    place = ["--host", "127.0.0.1", "--port", str(port), "--working-dir", str(settings.BASE_DIR)]
    size = ["--workers", "1", "--blocking-threads", "4", "--http", "1", "--no-ws", "--log-level", "warning"]
    return [sys.executable, "-m", "granian", "--interface", "wsgi", *place, *size, "project.wsgi:application"]


def worker() -> list[str]:
    return [*CELERY, "worker", "--concurrency", "1", "--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]


def beat() -> list[str]:
    """The schedule is kept in memory: every entry is a short interval, and a file could be found torn after a crash."""
    return [*CELERY, "beat", "--scheduler", "celery.beat:Scheduler", "--pidfile", "", "--loglevel", "WARNING"]
