"""PostgreSQL and Redis of a test's own, on free ports, so that they can be killed and nobody else's data is near."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

AS_POSTGRES = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]  # PostgreSQL refuses to run as root


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def await_that(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Returns as soon as `condition` holds; fails with `what` when it never did."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        time.sleep(0.05)


def kill_all(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to a process and everything it started, as a crash of the machine would have it."""
    if process.poll() is None:
        root = psutil.Process(process.pid)
        for one in [root, *root.children(recursive=True)]:
            try:
                one.kill()
            except psutil.NoSuchProcess:
                continue
    process.wait()


class Server:
    """One server on a free port; what it stores outlives a kill."""

    name: str
    url: str
    command: list[str]

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix=f"leadwell-{self.name}-"))

    def start(self) -> None:
        await_that(self._started, 60, f"{self.name} answers on port {self.port}")

    def _started(self) -> bool:
        """After a SIGKILL a server may refuse to start until the old one's memory is free: then it is tried again."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, start_new_session=True)
        while self.process.poll() is None:
            if self.ready():
                return True
            time.sleep(0.05)
        return False

    def ready(self) -> bool:
        return answers(self.port)

    def kill(self) -> None:
        kill_all(self.process)

    def stop(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class Redis(Server):
    name = "redis"

    def __init__(self) -> None:
        super().__init__()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]


class PostgreSQL(Server):
    name = "postgresql"

    def __init__(self) -> None:
        super().__init__()
        self.url = f"postgres://leadwell@127.0.0.1:{self.port}/leadwell"
        self.programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        prefix = AS_POSTGRES if os.geteuid() == 0 else []
        self.data = self.folder / "data"
        place = ["-D", str(self.data), "-p", str(self.port), "-c", f"unix_socket_directories={self.folder}"]
        # What a killed process has written the kernel keeps; fsync is for a loss of power, and would make each start take seconds.
        self.command = [*prefix, str(self.programs / "postgres"), *place, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        self._make(prefix)

    def _make(self, prefix: list[str]) -> None:
        if prefix:
            shutil.chown(self.folder, "postgres", "postgres")
        initdb = [
            *prefix,
            str(self.programs / "initdb"),
            "-D",
            str(self.data),
            "-U",
            "leadwell",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        subprocess.run(initdb, check=True, capture_output=True, cwd="/")

    def start(self) -> None:
        super().start()
        self._run("createdb", "leadwell")  # Fails where it is there already, after a kill.

    def ready(self) -> bool:
        return self._run("pg_isready") == 0

    def _run(self, program: str, *arguments: str) -> int:
        place = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "leadwell"]
        return subprocess.run([self.programs / program, *place, *arguments], capture_output=True, check=False).returncode
