"""Everything on this machine: prepare, say where it is, then hand over to the supervisor of web, worker and beat."""

import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

PROGRAMS = Path(sys.executable).parent
CELERY = [str(PROGRAMS / "celery"), "--quiet", "--app", "project.celery"]


class Command(BaseCommand):
    help = "Set up and start web, worker and beat; Ctrl-C stops all."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_a_taken_port()
        call_command("prepare")
        self.stdout.write(f"Leadwell: {settings.PUBLIC_URL}/   Desk: {settings.PUBLIC_URL}/desk/   Stop: Ctrl-C")
        self.stdout.flush()
        os.chdir(settings.BASE_DIR)
        supervisor = str(settings.BASE_DIR / "project" / "supervisor.py")
        os.execv(sys.executable, [sys.executable, supervisor, *supervised()])  # noqa: S606  # nosec B606: replaces us, and frees memory


def refuse_a_taken_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", settings.PORT))
        except OSError as error:
            raise CommandError(f"Port {settings.PORT} is in use. Choose another with: PORT=8001 make run") from error


def supervised() -> list[str]:
    return ["web", *web(), "--", "worker", *worker(), "--", "beat", *beat()]


def web() -> list[str]:
    return [str(PROGRAMS / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(settings.PORT),
            "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "project.wsgi:application"]  # fmt: skip


def worker() -> list[str]:
    return [*CELERY, "worker", "--pool", "prefork", "--concurrency", "1", "--loglevel", "WARNING",
            "--without-gossip", "--without-mingle", "--without-heartbeat"]  # fmt: skip


def beat() -> list[str]:
    """The schedule is kept in memory: every entry is a short interval, and a file could be found torn after a crash."""
    return [*CELERY, "beat", "--scheduler", "celery.beat:Scheduler", "--pidfile", "", "--loglevel", "WARNING"]
