"""Ways to send mail, as sides: each sends `count` mails to the relay; the clock runs from the first MAIL command to the last 250."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.bench import database
from tests.bench.cpu import CpuMeter
from tests.bench.measure import Sample, Side
from tests.bench.places import REDIS_URL, ROOT, folder
from tests.bench.processes import end, run, running
from tests.bench.servers import Sink
from tests.bench.venv import peers_python


def timed(sink: Sink, count: int, pids: list[int], backends: Callable[[], list[int]], go: Callable[[], None]) -> Sample:
    sink.reset()
    with CpuMeter(pids, backends) as meter:
        go()
        answer = sink.wait(count)
    if answer["copies"]:
        raise RuntimeError(f"{answer['copies']} mails came twice.")
    return Sample(count / (answer["last"] - answer["first"]), count, meter.usage)


@contextmanager
def ready(name: str, command: list[str], env: dict[str, str]) -> Iterator[tuple[int, Callable[[], None]]]:
    """A sender that has loaded everything; calling what is given lets it start."""
    with (folder("logs") / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=os.environ | env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True
        )
    with process:  # its pipes are closed with it
        try:
            yield process.pid, _when_ready(name, process)
            process.wait(60)
        finally:
            end(process)


def _when_ready(name: str, process: subprocess.Popen[bytes]) -> Callable[[], None]:
    assert process.stdin
    assert process.stdout
    if process.stdout.readline() != b"ready\n":
        raise RuntimeError(f"{name} did not start; see its log.")
    return process.stdin.close


def loop(sink: Sink, count: int) -> Side:
    def side() -> Sample:
        with ready("loop", [sys.executable, "-m", "tests.bench.floors.loop", str(sink.port), str(count)], {}) as (pid, go):
            return timed(sink, count, [pid], list, go)

    return side


def queue_of(peer: str, sink: Sink, count: int, processes: int = 1) -> Side:
    """A peer that keeps its mails in the database: filled first, then sent."""
    name = peer
    env = database.libpq(name) | {"SINK_PORT": str(sink.port)}
    command = [peers_python(), "-m", f"tests.bench.peers.{peer}"]

    def side() -> Sample:
        run(name, [*command, "fill", str(count)], env)
        with ready(name, [*command, "send", str(processes)], env) as (pid, go):
            return timed(sink, count, [pid], lambda: database.backends(name), go)

    return side


def set_up_queue(peer: str) -> None:
    database.fresh(peer)
    env = database.libpq(peer) | {"DJANGO_SETTINGS_MODULE": f"tests.bench.peers.{peer}.settings"}
    run(peer, [peers_python(), "-m", "django", "migrate", "--verbosity", "0"], env)


@contextmanager
def celery(sink: Sink, count: int, pool: str, processes: int) -> Iterator[Side]:
    """A Celery task a mail. The worker is held while the tasks are queued, so that queueing costs it nothing."""
    env = {"PEER_BROKER": REDIS_URL, "PEER_QUEUE": f"peer-{pool}", "SINK_PORT": str(sink.port)}
    module = "tests.bench.peers.celery_mail.worker"
    command = [peers_python(), "-m", "celery", "-A", module, "worker", "-P", pool, "-c", str(processes), "-l", "warning"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    queue = [peers_python(), "-m", module]
    with running(f"celery-{pool}", command, env) as worker:
        warm_up(sink, [*queue, str(4 * processes)], env, 4 * processes)

        def side() -> Sample:
            os.killpg(worker.pid, signal.SIGSTOP)
            run("celery-queue", [*queue, str(count)], env)
            return timed(sink, count, [worker.pid], list, lambda: os.killpg(worker.pid, signal.SIGCONT))

        yield side


def warm_up(sink: Sink, command: list[str], env: dict[str, str], count: int) -> None:
    sink.reset()
    run("celery-queue", command, env)
    sink.wait(count)
    time.sleep(0.5)
