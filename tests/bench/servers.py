"""Web servers and relays of a run, each on a free port. All sides are served alike: granian, the same workers and threads."""

import json
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from tests.bench.places import free_port
from tests.bench.processes import running

WORKERS, THREADS = 2, 4


@dataclass(frozen=True)
class Server:
    port: int
    pid: int


@contextmanager
def web(name: str, target: str, env: dict[str, str], python: str = sys.executable) -> Iterator[Server]:
    port = free_port()
    command = [
        python,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-ws",
        "--log-level",
        "warning",
    ]
    command += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), target]
    with running(name, command, env) as process:
        wait_for_port(port)
        yield Server(port, process.pid)


def wait_for_port(port: int, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


class Sink:
    """The relay's other door."""

    def __init__(self, port: int, control_port: int, pid: int) -> None:
        self.port, self.pid = port, pid
        self.line = socket.create_connection(("127.0.0.1", control_port))
        self.control = self.line.makefile("rw")

    def _ask(self, line: str) -> Any:
        self.control.write(line + "\n")
        self.control.flush()
        return json.loads(self.control.readline())

    def close(self) -> None:
        self.control.close()
        self.line.close()

    def reset(self) -> None:
        self._ask("RESET")

    def wait(self, count: int, seconds: float = 120) -> dict[str, float]:
        answer: dict[str, float] = self._ask(f"WAIT {count} {seconds}")
        if answer["count"] < count:
            raise TimeoutError(f"The relay took {answer['count']} of {count} mails in {seconds} s.")
        return answer

    def times(self) -> dict[str, float]:
        """When each address got its 250, in the machine's monotonic time."""
        answer: dict[str, float] = self._ask("TIMES")
        return answer


@contextmanager
def relay(delay_ms: float = 0, pipelining: bool = True) -> Iterator[Sink]:
    port, control_port = free_port(), free_port()
    arguments = [str(port), str(control_port), str(delay_ms), "yes" if pipelining else "no"]
    with running("sink", [sys.executable, "-m", "tests.bench.sink", *arguments], {}) as process:
        wait_for_port(port)
        wait_for_port(control_port)
        with closing(Sink(port, control_port, process.pid)) as sink:
            yield sink
