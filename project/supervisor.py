"""Runs a few processes as one: when one ends, or on Ctrl-C, all end. Loads no Django, so that it costs little memory.

usage: python project/supervisor.py NAME COMMAND… -- NAME COMMAND… [-- …]
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from itertools import groupby
from types import FrameType

PATIENCE = 75  # seconds between asking a process to end and making it: a mail that a slow relay is being handed takes up to EMAIL_TIMEOUT
PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Stop(Exception):
    """Somebody asked us to end."""


def parse(arguments: list[str]) -> dict[str, list[str]]:
    """`web granian app -- beat celery` as {"web": ["granian", "app"], "beat": ["celery"]}."""
    groups = [list(words) for is_break, words in groupby(arguments, "--".__eq__) if not is_break]
    return {name: command for name, *command in groups}


def end_with_parent() -> None:
    """On Linux a child gets SIGTERM even when we are killed with SIGKILL."""
    if libc:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """In a process group of its own: Ctrl-C reaches only us, and its children can be ended with it."""
    return subprocess.Popen(command, start_new_session=True, preexec_fn=end_with_parent)  # noqa: S603  # nosec B603: our own words


def wait_for_one(running: dict[str, subprocess.Popen[bytes]]) -> str:
    """The name of the first that ended."""
    while True:
        for name, process in running.items():
            if process.poll() is not None:
                return name
        time.sleep(0.25)


def tell(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """The signal to a process and everything it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def end(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
    for process in running:
        tell(process, signal.SIGKILL)
        process.wait()


def stop(number: int, frame: FrameType | None) -> None:
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise Stop


def run(commands: dict[str, list[str]]) -> int:
    """Exit code: 0 when asked to end, 1 when a process ended by itself."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            running[name] = start(command)
        name = wait_for_one(running)
        sys.stderr.write(f"{name} ended with {running[name].returncode}; stopping the rest.\n")
        return 1
    except Stop:
        sys.stderr.write("Stopping; what is being sent is finished first.\n")
        return 0
    finally:
        end(list(running.values()))


if __name__ == "__main__":
    sys.exit(run(parse(sys.argv[1:])))
