"""Web, worker and beat as separate processes on services of their own; each can be killed and started again."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from leads.management.commands.up import beat, web, worker
from tests.processes.sink import Sink
from tests.processes.visitors import get
from tests.servers import PostgreSQL, Redis, await_that, free_port, kill_all

QUICK = {"EMAIL_TIMEOUT": "2", "MAIL_LEASE": "6", "CAPTURE_LIMITS": "1000000/10m", "MODE": "local"}


class Herd:
    """`with Herd(webs=2, workers=2) as herd:` runs everything on a PostgreSQL, a Redis and a mail server made for it."""

    def __init__(self, webs: int = 1, workers: int = 1) -> None:
        self.postgresql, self.redis, self.sink = PostgreSQL(), Redis(), Sink()
        self.ports = [free_port() for _ in range(webs)]
        self.urls = [f"http://127.0.0.1:{port}" for port in self.ports]
        self.commands = {f"web{number}": web(port) for number, port in enumerate(self.ports)}
        self.commands |= {f"worker{number}": [*worker(), "-n", f"worker{number}@%h"] for number in range(workers)}
        self.commands["beat"] = beat()
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.folder = Path(tempfile.mkdtemp(prefix="leadwell-herd-"))
        places = {"DATABASE_URL": self.postgresql.url, "REDIS_URL": self.redis.url, "EMAIL_URL": self.sink.url}
        self.environment = os.environ | QUICK | places | {"DATA_DIR": str(self.folder), "PUBLIC_URL": self.urls[0]}

    def __enter__(self) -> "Herd":
        self.postgresql.start()
        self.redis.start()
        self.manage("prepare")
        for name in self.commands:
            self.start(name)
        await_that(self.is_ready, 30, "every web process is ready")
        return self

    def __exit__(self, error: type[BaseException] | None, *more: object) -> None:
        """After a failure the folder stays: it holds what each process logged."""
        for process in self.running.values():
            kill_all(process)
        for server in (self.redis, self.postgresql, self.sink):
            server.stop()
        if error is None:
            shutil.rmtree(self.folder)

    def is_ready(self) -> bool:
        return all(get(f"{url}/readyz")[0] == 200 for url in self.urls)

    def manage(self, *words: str) -> str:
        """What the command prints."""
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *words]
        return subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    def start(self, name: str) -> None:
        if name in ("redis", "postgresql"):
            getattr(self, name).start()
            return
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self.commands[name], env=self.environment, stdout=log, stderr=log, start_new_session=True, cwd=settings.BASE_DIR
            )

    def kill(self, name: str) -> None:
        if name in ("redis", "postgresql"):
            getattr(self, name).kill()
        else:
            kill_all(self.running[name])

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.postgresql.url) as connection:
            return connection.execute(query.encode()).fetchall()

    def one(self, query: str) -> Any:
        return self.rows(query)[0][0]

    def outbox_is_empty(self) -> bool:
        """Nothing waits, not even for a second try."""
        return not self.rows("SELECT 1 FROM leads_message WHERE state IN ('queued', 'claimed', 'sending')")
