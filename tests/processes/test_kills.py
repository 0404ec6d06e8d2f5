"""Whatever is killed, whenever: what was acknowledged is there once, and its mail leaves (guarantees R1)."""

import os
import random
from functools import partial
from itertools import chain

import pytest

from tests.processes.herd import Herd
from tests.processes.visitors import Visitors
from tests.servers import await_that

pytestmark = [pytest.mark.processes, pytest.mark.services]

CAPTURES, KILLS = (10_000, 50) if os.environ.get("CHAOS") == "full" else (300, 3)
VICTIMS = ["web0", "worker0", "beat", "redis", "postgresql"]
LEASE = 6


@pytest.fixture
def herd() -> Herd:
    return Herd()


def kill_them_in_turn(herd: Herd, visitors: Visitors) -> None:
    """Each victim `KILLS` times, in an order that the seed fixes, spread over the captures."""
    turns = list(chain.from_iterable([victim] * KILLS for victim in VICTIMS))
    random.Random(4).shuffle(turns)
    for number, victim in enumerate(turns, start=1):
        await_that(partial(visitors.reached, number * CAPTURES // (len(turns) + 1)), 120, f"captures go on; next is {victim}")
        herd.kill(victim)
        herd.start(victim)


def test_nothing_is_lost(herd: Herd) -> None:
    with herd:
        visitors = Visitors(herd.urls, CAPTURES)
        try:
            kill_them_in_turn(herd, visitors)
            await_that(partial(visitors.reached, CAPTURES), 120, "every visitor is answered")
        finally:
            visitors.leave()
        assert visitors.refusals == []
        await_that(herd.outbox_is_empty, 2 * LEASE + 60, "the outbox is empty")
        assert_each_is_there_once(herd, visitors)
        assert_mail_left(herd)


def assert_each_is_there_once(herd: Herd, visitors: Visitors) -> None:
    assert len(visitors.references) == CAPTURES
    assert {row[0] for row in herd.rows("SELECT reference FROM leads_enquiry")} == set(visitors.references.values())
    assert herd.one("SELECT count(*) FROM leads_enquiry") == CAPTURES
    assert herd.one("SELECT count(*) FROM leads_lead") == CAPTURES
    assert herd.one("SELECT count(*) FROM leads_message WHERE kind = 'acknowledgement'") == CAPTURES


def assert_mail_left(herd: Herd) -> None:
    """A row that says sent has a mail at the relay; a second copy only where a kill left a doubt; never a third."""
    rows = herd.rows("SELECT message_id, state, doubts FROM leads_message WHERE kind = 'acknowledgement'")
    assert {state for _, state, _ in rows} <= {"sent", "unknown"}
    assert [name for name, state, _ in rows if state == "sent" and name not in herd.sink.arrived] == []
    assert [name for name, state, doubts in rows if state == "unknown" and doubts == 0] == []
    doubted = {name for name, _, doubts in rows if doubts}
    assert {name for name, copies in herd.sink.arrived.items() if copies > 1} <= doubted
    assert max(herd.sink.arrived.values()) <= 2
