"""PostgreSQL, Redis, a real relay, two web and two worker processes: the same product."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import redis
from django.conf import settings

from tests.processes.herd import Herd
from tests.processes.story import assert_thanked, dana_comes_by, dana_moves_her, stage_of, vera_writes
from tests.processes.visitors import Visitors, write
from tests.servers import await_that

pytestmark = [pytest.mark.processes, pytest.mark.services]


AWAY = 60 if os.environ.get("CHAOS") == "full" else 3  # seconds, at least


@pytest.fixture(scope="module")
def herd() -> Iterator[Herd]:
    with Herd(webs=2, workers=2) as herd:
        yield herd


def acknowledged(herd: Herd, start: str) -> int:
    """How many mails to addresses that begin like this were sent."""
    sent = herd.rows("SELECT to_address FROM leads_message WHERE state = 'sent'")
    return sum(address.startswith(start) for (address,) in sent)


def test_the_story_is_the_same(herd: Herd) -> None:
    """Whichever web process somebody comes to."""
    dana = dana_comes_by(herd.manage("invite", "dana@example.com", "--role", "administrator").removeprefix("Sign in: ").strip())
    thanks = vera_writes(herd.urls[1])
    assert_thanked(thanks)
    await_that(lambda: acknowledged(herd, "vera.lind@") == 1, 5, "one acknowledgement")
    (message_id,) = herd.rows("SELECT message_id FROM leads_message WHERE to_address = 'vera.lind@example.com'")[0]
    assert herd.sink.arrived[message_id] == 1
    assert all("Vera Lind" in dana.open(f"{url}/desk/").text for url in herd.urls)
    assert "Moved to Contacted." in dana_moves_her(dana, herd.urls[0], thanks.reference, "contacted").text
    assert stage_of(dana, herd.urls[1], thanks.reference) == "contacted"


def test_worker_and_beat_are_found_well(herd: Herd) -> None:
    command = [sys.executable, "-m", "project.tools.swept"]
    subprocess.run(command, env=herd.environment, cwd=settings.BASE_DIR, check=True, timeout=10)


def test_fifty_identical_captures_at_once_are_one(herd: Herd) -> None:
    with ThreadPoolExecutor(50) as crowd:
        answers = list(crowd.map(lambda one: write(herd.urls[one % 2], "vera"), range(50)))
    assert {status for status, _ in answers} == {201}
    assert len({json.loads(text)["reference"] for _, text in answers}) == 1
    await_that(lambda: acknowledged(herd, "vera@") == 1, 15, "one acknowledgement")
    assert herd.one("SELECT count(*) FROM leads_lead WHERE email = 'vera@example.com'") == 1
    assert herd.one("SELECT count(*) FROM leads_message WHERE to_address = 'vera@example.com'") == 1


def test_another_body_under_the_same_key_is_refused(herd: Herd) -> None:
    assert write(herd.urls[0], "rosa")[0] == 201
    assert write(herd.urls[1], "rosa", name="Somebody else")[0] == 422


def test_a_wiped_broker_costs_no_mail(herd: Herd) -> None:
    with redis.Redis.from_url(herd.redis.url) as broker:
        visitors = Visitors(herd.urls, 40, name="wiped")
        await_that(partial(visitors.reached, 20), 30, "half of the captures")
        broker.flushall()
        await_that(partial(visitors.reached, 40), 30, "the other half")
        broker.flushall()
    visitors.leave()
    assert visitors.refusals == []
    await_that(lambda: acknowledged(herd, "wiped-") == 40, 30, "every acknowledgement")


def test_a_frozen_broker_keeps_nobody_waiting(herd: Herd) -> None:
    herd.redis.process.send_signal(signal.SIGSTOP)
    try:
        visitors = Visitors(herd.urls, 20, hands=2, name="frozen")
        await_that(partial(visitors.reached, 20), 20, "twenty captures")
        visitors.leave()
    finally:
        herd.redis.process.send_signal(signal.SIGCONT)
    assert visitors.refusals == []
    assert max(visitors.waits) < 2
    await_that(lambda: acknowledged(herd, "frozen-") == 20, 45, "every acknowledgement")


def test_a_broker_that_is_down_keeps_nobody_waiting_and_costs_no_mail(herd: Herd) -> None:
    herd.kill("redis")
    assert not herd.redis.ready()
    try:
        end = time.monotonic() + AWAY
        visitors = Visitors(herd.urls, 300 * AWAY, hands=2, name="down")
        while time.monotonic() < end:
            assert_thanked(vera_writes(herd.urls[0]))
        visitors.leave()
    finally:
        herd.start("redis")
    assert visitors.refusals == []
    answered = len(visitors.references)
    assert answered > 10 * AWAY
    assert len(visitors.waits) == answered, "nobody had to ask twice"
    assert sorted(visitors.waits)[answered * 99 // 100] <= 1
    await_that(lambda: acknowledged(herd, "down-") == answered, 60 + answered / 20, "every acknowledgement")
