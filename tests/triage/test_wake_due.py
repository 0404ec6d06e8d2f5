"""Nobody is forgotten: what is due again needs us again."""

from datetime import UTC, datetime, timedelta

import pytest

from leads.models import Attention, Category, EventKind, Lead, User
from leads.triage.by_itself import waking
from leads.triage.by_itself.waking import wake_due
from leads.triage.decisions.actions import snooze
from leads.triage.decisions.recording import Conflict
from leads.triage.tasks import wake
from leads.triage.undo.undo import undo
from tests.cast import make_lead

NOW = datetime(2026, 6, 1, 16, 0, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _clinic(clinic: object) -> None:
    """Every test here needs the database."""


def test_a_snooze_that_is_over_wakes() -> None:
    lead = make_lead(attention="snoozed", snoozed_until=EARLIER, due_at=EARLIER, next_action="look_again")
    assert wake_due(NOW) == 1
    lead.refresh_from_db()
    assert (lead.attention, lead.snoozed_until, lead.due_at) == (Attention.NEEDS_US, None, EARLIER)
    event = lead.events.get()
    assert (event.kind, event.by) == (EventKind.WOKEN, None)


def test_done_for_now_wakes_when_it_is_time_to_check_back() -> None:
    lead = make_lead(attention="done", due_at=NOW, next_action="check_back")
    assert wake_due(NOW) == 1
    lead.refresh_from_db()
    assert lead.attention == Attention.NEEDS_US


def test_what_is_not_due_sleeps_on() -> None:
    make_lead(attention="snoozed", snoozed_until=LATER, due_at=LATER)
    make_lead(attention="done", due_at=LATER)
    make_lead(category=Category.CLOSED)
    make_lead(screening="check", attention="done", due_at=EARLIER)
    assert wake_due(NOW) == 0


def test_twice_wakes_once() -> None:
    lead = make_lead(attention="done", due_at=EARLIER)
    wake_due(NOW)
    assert wake_due(NOW) == 0
    assert lead.events.count() == 1


def test_more_than_a_batch_wakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waking, "WAKE_BATCH", 2)
    for _ in range(5):
        make_lead(attention="done", due_at=EARLIER)
    assert wake_due(NOW) == 5


def test_a_snooze_that_is_over_can_not_be_undone(bob: User) -> None:
    lead = make_lead()
    snooze(by=bob, lead=lead, until=datetime.now(tz=UTC) + timedelta(minutes=1))
    wake_due(datetime.now(tz=UTC) + timedelta(minutes=2))
    with pytest.raises(Conflict):
        undo(by=bob, lead=lead, noun="snooze")


def test_the_task_is_a_shell() -> None:
    make_lead(attention="done", due_at=EARLIER)
    wake()
    assert not Lead.objects.sleeping_past(NOW).exists()
