"""The whole of Leadwell as `make run` starts it: web, worker and beat."""

import http.client
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tests.bench.places import free_port
from tests.bench.processes import family, running, wait_until


@dataclass(frozen=True)
class Whole:
    port: int
    pid: int
    seconds: float  # from its start until it was ready

    def members(self) -> list[int]:
        return family(self.pid)


@contextmanager
def whole(settings: dict[str, str]) -> Iterator[Whole]:
    """Ready: the page is served and /readyz is content, so worker and beat are at work."""
    port = free_port()
    start = time.monotonic()
    with running("whole", [sys.executable, "manage.py", "up"], settings | {"PORT": str(port)}) as process:
        wait_until(lambda: answers(port, "/readyz"), 120)
        yield Whole(port, process.pid, time.monotonic() - start)


def answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with suppress(OSError):
        connection.request("GET", path)
        return connection.getresponse().status == 200
    return False
