"""Ringing never costs a visitor time, whatever has become of the broker."""

import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import redis
from celery import Celery
from django.db import transaction

from leads.followup import doorbell
from leads.followup.doorbell import Doorbell, Line
from leads.followup.outbox import ring_after_commit
from tests.followup.relay import free_port


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When it was rung from now on: an earlier test's bell may still be trying to reach a broker that is not there."""
    times: list[float] = []
    earlier = doorbell._doorbell._line

    def note(line: Line) -> None:
        if line is not earlier:
            times.append(time.monotonic())

    monkeypatch.setattr(doorbell, "_doorbell", Doorbell())
    monkeypatch.setattr(doorbell, "publish", note)
    return times


def wait_for(condition: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def ring_often(bell: Doorbell, times: int = 1000) -> float:
    """How long one ring took, in seconds; of a thousand the slowest is left out, because other programs run here too."""
    took = []
    for _ in range(times):
        start = time.monotonic()
        bell.ring()
        took.append(time.monotonic() - start)
    return sorted(took)[times - 1 - times // 1000]


def test_one_ring_is_passed_on_without_a_pause(published: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorbell, "PAUSE", 10.0)
    bell, start = Doorbell(), time.monotonic()
    bell.ring()
    wait_for(lambda: published)
    assert published[0] - start < doorbell.PAUSE


def test_many_rings_are_passed_on_as_few_and_the_last_is_not_lost(published: list[float]) -> None:
    bell, start = Doorbell(), time.monotonic()
    while time.monotonic() < start + 0.35:
        bell.ring()
        last = time.monotonic()
    wait_for(lambda: published and published[-1] > last)
    assert all(later - earlier >= doorbell.PAUSE for earlier, later in pairwise(published))


def test_a_dead_broker_is_left_alone_for_a_while_and_complained_about_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    attempts: list[float] = []

    def fail(_line: Line) -> None:
        attempts.append(time.monotonic())
        raise ConnectionError("redis://:secret@broker")

    monkeypatch.setattr(doorbell, "publish", fail)
    monkeypatch.setattr(doorbell, "REST", 0.2)
    bell = Doorbell()
    with caplog.at_level(logging.WARNING):
        ring_often(bell)
        wait_for(lambda: len(attempts) == 3)
    assert attempts[1] - attempts[0] >= 0.2
    assert len(caplog.records) == 1
    assert "secret" not in caplog.text
    monkeypatch.setattr(doorbell, "publish", lambda _line: attempts.append(0))
    wait_for(lambda: attempts[-1] == 0)  # the ring was kept


@pytest.mark.django_db(transaction=True)
def test_it_rings_only_after_the_commit(published: list[float]) -> None:
    with transaction.atomic():
        ring_after_commit()
        time.sleep(0.15)  # nothing to wait for: the point is that nothing happens
        assert published == []
    wait_for(lambda: published)


def test_a_forked_process_rings_by_itself(published: list[float]) -> None:
    doorbell.ring()
    wait_for(lambda: published)
    before = doorbell._doorbell
    doorbell._hang_a_new_one()
    assert doorbell._doorbell is not before
    doorbell.ring()
    wait_for(lambda: len(published) == 2)


def test_it_holds_up_no_process_that_ends(tmp_path: Path) -> None:
    """Its broker is away: a port on which nobody listens."""
    code = "import django; django.setup(); from leads.followup.doorbell import ring; ring()"
    environment = os.environ | {"CELERY_BROKER_URL": f"redis://127.0.0.1:{free_port()}/0", "DJANGO_SETTINGS_MODULE": "project.settings"}
    subprocess.run([sys.executable, "-c", code], env=environment, timeout=20, check=True)


@pytest.mark.services
class TestWithRedis:
    @pytest.fixture
    def server(self, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
        port = free_port()
        program = shutil.which("redis-server")
        assert program, "redis-server is needed"
        command = [program, "--port", str(port), "--save", "", "--dir", str(tmp_path), "--bind", "127.0.0.1"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        server.port = port  # type: ignore[attr-defined]  # a note for the tests
        yield server
        server.send_signal(signal.SIGCONT)
        server.kill()
        server.wait()

    @pytest.fixture
    def client(self, server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[redis.Redis]:
        app = Celery("test", broker=f"redis://127.0.0.1:{server.port}/0", set_as_current=False)
        app.conf.broker_transport_options = {"socket_timeout": 1, "socket_connect_timeout": 1}
        monkeypatch.setattr(doorbell, "current_app", app)
        client = redis.Redis(port=server.port)
        wait_for(lambda: answers(client))
        yield client
        client.close()

    def test_it_rings_there(self, client: redis.Redis) -> None:
        Doorbell().ring()
        wait_for(lambda: client.llen("celery"))
        assert b"leads.followup.tasks.deliver" in client.lrange("celery", 0, 0)[0]

    def test_it_keeps_its_line(self, client: redis.Redis) -> None:
        line = Line()
        for _ in range(20):
            doorbell.publish(line)
        made = client.info("stats")["total_connections_received"]
        doorbell.publish(line)
        assert client.info("stats")["total_connections_received"] == made
        assert client.llen("celery") == 21

    def test_a_line_that_broke_is_replaced_at_once(self, client: redis.Redis) -> None:
        line = Line()
        doorbell.publish(line)
        client.client_kill_filter(_type="normal", skipme=True)
        doorbell.publish(line)
        assert client.llen("celery") == 2

    @pytest.mark.parametrize("blow", [signal.SIGSTOP, signal.SIGKILL])
    def test_frozen_or_dead_it_costs_nobody_time_and_rings_after_its_return(
        self, server: Any, client: redis.Redis, monkeypatch: pytest.MonkeyPatch, blow: signal.Signals
    ) -> None:
        monkeypatch.setattr(doorbell, "REST", 0.2)
        bell = Doorbell()
        server.send_signal(blow)
        threads = threading.active_count()
        assert ring_often(bell, 10_000) < 0.05
        assert threading.active_count() <= threads + 1
        if blow == signal.SIGSTOP:
            server.send_signal(signal.SIGCONT)
            wait_for(lambda: client.llen("celery"))


def answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False
