"""How much processor time a side used, application and database together, and how much others used meanwhile."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from tests.bench.processes import cpu_seconds, family, machine_seconds


@dataclass(frozen=True)
class Usage:
    own: float  # seconds of the side's processes and its database
    client: float  # seconds of the load generator
    others: float  # 0 to 1: the share of the machine that neither of them used
    elapsed: float


class CpuMeter:
    """Looks at the processes again and again, because some end before the block does and their time must not be lost."""

    def __init__(self, pids: list[int], backends: Callable[[], list[int]] = list) -> None:
        self.pids, self.backends = pids, backends
        self.first: dict[int, float] = {}
        self.last: dict[int, float] = {}
        self.stop = threading.Event()

    def __enter__(self) -> "CpuMeter":
        self.first = {pid: cpu_seconds(pid) for pid in self._members()}
        self.machine, self.client, self.start = machine_seconds(), time.process_time(), time.perf_counter()
        self.watcher = threading.Thread(target=self._watch, daemon=True)
        self.watcher.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop.set()
        self.watcher.join()
        self._look()
        elapsed = time.perf_counter() - self.start
        own = sum(after - self.first.get(pid, 0.0) for pid, after in self.last.items())
        client = time.process_time() - self.client
        rest = machine_seconds() - self.machine - own - client
        self.usage = Usage(own, client, max(0.0, rest / elapsed / (os.cpu_count() or 1)), elapsed)

    def _members(self) -> list[int]:
        return [member for pid in self.pids for member in family(pid)] + self.backends()

    def _watch(self) -> None:
        while not self.stop.wait(0.25):
            self._look()

    def _look(self) -> None:
        for pid in self._members():
            self.last[pid] = max(self.last.get(pid, 0.0), cpu_seconds(pid))
