"""Processes that a run starts, each in a session of its own so that all of it ends with it; and what is read of them in /proc."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.bench.places import ROOT, folder

TICK = os.sysconf("SC_CLK_TCK")


@contextmanager
def running(name: str, command: list[str], env: dict[str, str], cwd: Path = ROOT) -> Iterator[subprocess.Popen[bytes]]:
    """`command` while the block runs; what it prints goes to a log file in the run's folder."""
    with (folder("logs") / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(command, env=os.environ | env, cwd=cwd, stdout=log, stderr=log, start_new_session=True)
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen[bytes], seconds: float = 10) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run(name: str, command: list[str], env: dict[str, str], cwd: Path = ROOT) -> None:
    """To its end; where it fails, what it said is in the log."""
    with (folder("logs") / f"{name}.log").open("ab") as log:
        subprocess.run(command, env=os.environ | env, cwd=cwd, stdout=log, stderr=log, check=True)


def family(pid: int) -> list[int]:
    """`pid` and all that descend from it."""
    try:
        children = [int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()]
    except OSError:
        return [pid]
    return [pid] + [member for child in children for member in family(child)]


def cpu_seconds(pid: int) -> float:
    """User and system time of one process so far; 0 where it has gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def proportional_memory(pid: int) -> int:
    """Bytes of one process, shared pages divided among those that share them (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def machine_seconds() -> float:
    """Busy time of all processors together so far."""
    user, nice, system, _idle, _wait, irq, softirq, steal = (int(part) for part in Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / TICK


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError("What was waited for did not happen.")
        time.sleep(0.05)
