"""Many leads at once: each by the desk's own verb, each once, all of it undone as one, and who can't be changed says why."""

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.followup import doorbell
from leads.models import (
    Attention,
    BulkChange,
    BulkItem,
    BulkState,
    Category,
    EventKind,
    IllegalMove,
    ItemState,
    Lead,
    ReadRecord,
    Role,
    Stage,
    User,
)
from leads.triage.bulk import bulk
from leads.triage.bulk.bulk import begin_undo, begin_with, begin_with_all, work_at, work_off
from leads.triage.bulk.bulk_actions import BULK_ACTIONS
from leads.triage.bulk.recent import changes_of
from leads.triage.decisions.actions import mark_done, snooze
from leads.triage.decisions.recording import Conflict
from leads.triage.tasks import bulk as bulk_task
from leads.triage.undo.undo import WAYS_BACK
from tests.cast import make_lead

pytestmark = pytest.mark.django_db
SOON = 30.0  # seconds, plenty


@pytest.fixture(autouse=True)
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    times: list[str] = []
    monkeypatch.setattr(doorbell, "ring_for_bulk", lambda: times.append("rung"))
    return times


def make_leads(number: int, **fields: Any) -> list[Lead]:
    return [make_lead(name=f"Person {n}", email=f"{n}@example.com", **fields) for n in range(number)]


def begun(by: User, action: str = "done", value: dict[str, Any] | None = None, text: str = "") -> BulkChange:
    return begin_with(by=by, action=action, value=value or {}, text=text, leads=Lead.objects.all())


def work(change: BulkChange, seconds: float = SOON) -> bool:
    return work_at(change, time.monotonic() + seconds)


def post(client: Client, **data: Any) -> Any:
    return client.post(reverse("bulk"), {"next": reverse("inbox"), **data})


@pytest.mark.parametrize(("data", "changed"), [
    ({"action": "done"}, {"attention": "done"}),
    ({"action": "snooze", "until": "tomorrow"}, {"attention": "snoozed"}),
    ({"action": "stage", "stage": "booked"}, {"category": "booked"}),
    ({"action": "close", "reason": "1"}, {"category": "closed", "close_reason": 1}),
])  # fmt: skip
def test_each_action_changes_every_lead_that_was_chosen(
    as_bob: Client, clinic: object, data: dict[str, str], changed: dict[str, str]
) -> None:
    chosen, other = make_leads(3), make_lead(name="Else", email="else@example.com")
    answer = post(as_bob, lead=[lead.reference for lead in chosen], **data)
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("inbox"))
    assert Lead.objects.filter(**changed).count() == 3
    other.refresh_from_db()
    assert other.events.count() == 0
    assert [lead.events.exclude(kind=EventKind.FOLLOWUP_STOPPED).get().by_id for lead in chosen] == [User.objects.get(name="Bob").pk] * 3


def test_assigning_many(as_bob: Client, alice: User) -> None:
    leads = make_leads(2)
    post(as_bob, lead=[lead.reference for lead in leads], action="assign", owner=alice.pk)
    assert Lead.objects.filter(owner=alice).count() == 2


def test_why_they_are_closed_is_sealed(as_bob: Client, lead: Lead) -> None:
    post(as_bob, lead=lead.reference, action="close", reason="1", remark="Went elsewhere.")
    assert lead.events.get(kind=EventKind.STAGE).text == "Went elsewhere."
    assert b"elsewhere" not in bytes(BulkChange.objects.values_list("text", flat=True).get() or b"")


@pytest.mark.parametrize("reason", ["", "0", "x", "9" * 5000, "\x00"])
def test_nobody_is_closed_without_a_reason(as_bob: Client, lead: Lead, reason: str) -> None:
    answer = as_bob.post(reverse("bulk"), {"lead": lead.reference, "action": "close", "reason": reason}, follow=True)
    assert "Choose why they are closed." in answer.content.decode()
    assert not BulkChange.objects.exists()


@pytest.mark.parametrize("data", [{}, {"action": "nonsense"}, {"action": "done"}, {"action": "stage", "stage": "closed", "lead": "X"}])
def test_what_makes_no_sense_is_said_and_changes_nothing(as_bob: Client, lead: Lead, data: dict[str, str]) -> None:
    assert post(as_bob, **data).status_code == 303
    assert not BulkChange.objects.exists()


def test_a_get_changes_nothing(as_bob: Client, lead: Lead) -> None:
    assert as_bob.get(reverse("bulk")).status_code == 405


def test_whoever_has_no_rights_finds_no_such_page(as_charlie: Client, lead: Lead) -> None:
    assert post(as_charlie, lead=lead.reference, action="done").status_code == 404


def test_who_cannot_be_changed_is_named_with_the_reason(as_bob: Client, clinic: object) -> None:
    fine, first, closed = make_lead(), make_lead(read_first=True, name="First"), make_lead(category=Category.CLOSED, name="Gone")
    answer = post(as_bob, lead=[fine.reference, first.reference, closed.reference], action="done")
    change = BulkChange.objects.get()
    assert answer.headers["Location"] == reverse("bulk_change", args=[change.pk])
    page = as_bob.get(answer.headers["Location"]).content.decode()
    assert all(words in page for words in ("1 lead.", "2 were left as they are.", "First", "may not be safe", "Gone", "closed"))
    assert set(ReadRecord.objects.filter(page="bulk_change").latest("at").leads) == {first.pk, closed.pk}


def test_all_that_match_are_counted_first_and_then_done_by_the_worker(as_bob: Client, clinic: object, rung: list[str]) -> None:
    make_leads(30)
    make_lead(category=Category.BOOKED, name="Else", email="else@example.com")
    asked = post(as_bob, all="1", query="view=needs-us&stage=new", action="done")
    assert "30 leads match." in asked.content.decode()
    assert not BulkChange.objects.exists()
    answer = post(as_bob, all="1", sure="1", query="view=needs-us&stage=new", action="done")
    change = BulkChange.objects.get()
    assert answer.headers["Location"] == reverse("bulk_change", args=[change.pk])
    assert not work_off(timezone.now(), SOON)
    change.refresh_from_db()
    assert (change.state, change.total, change.changed, change.query) == (BulkState.DONE, 30, 30, None)


def test_all_that_need_us_are_a_job_for_the_worker_too(as_bob: Client, lead: Lead) -> None:
    """The address of the inbox itself asks for nothing."""
    post(as_bob, all="1", sure="1", query="", action="done")
    assert BulkChange.objects.get().state == BulkState.GATHERING


def test_what_was_searched_for_is_sealed(bob: User, lead: Lead) -> None:
    begin_with_all(by=bob, action="done", value={}, text="", query="q=vera")
    assert b"vera" not in bytes(BulkChange.objects.values_list("query", flat=True).get() or b"")


@pytest.mark.django_db(transaction=True)
def test_a_few_are_done_at_once_and_for_many_the_bell_rings(as_bob: Client, clinic: object, rung: list[str]) -> None:
    leads = make_leads(bulk.AT_ONCE + 1)
    post(as_bob, lead=[lead.reference for lead in leads[:-1]], action="done")
    assert rung == []
    answer = post(as_bob, lead=[lead.reference for lead in leads], action="done")
    assert rung == ["rung"]
    assert "Under way" in as_bob.get(answer.headers["Location"]).content.decode()


def test_it_goes_on_where_a_worker_stopped_and_does_each_once(bob: User, clinic: object) -> None:
    make_leads(5)
    change = begun(bob)
    assert not work(change, seconds=0)
    done = 0

    def dies(*args: Any, **kwargs: Any) -> Any:
        nonlocal done
        done += 1
        if done == 3:
            raise KeyboardInterrupt
        return mark_done(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(BULK_ACTIONS, "done", _doing(lambda by, lead, _bulk: dies(by=by, lead=lead)))
        with pytest.raises(KeyboardInterrupt):
            work(change)
    assert BulkItem.objects.filter(state=ItemState.CHANGED).count() == 2
    assert work(change)
    change.refresh_from_db()
    assert (change.state, change.changed) == (BulkState.DONE, 5)
    assert [lead.events.count() for lead in Lead.objects.all()] == [1] * 5


def _doing(do: Callable[..., Any]) -> Any:
    known = BULK_ACTIONS["done"]
    return type(known)(known.name, known.button, known.read, do, known.says)


def test_a_dead_workers_lease_ends(bob: User, lead: Lead) -> None:
    change = begun(bob)
    BulkChange.objects.update(lease_until=timezone.now() + timedelta(seconds=30))
    assert work_off(timezone.now(), SOON) is False
    change.refresh_from_db()
    assert change.state == BulkState.WORKING
    BulkChange.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    work_off(timezone.now(), SOON)
    change.refresh_from_db()
    assert change.state == BulkState.DONE


def test_something_that_breaks_is_said_of_that_lead_and_holds_up_no_other(bob: User, clinic: object) -> None:
    leads = make_leads(3)

    def breaks(by: User, lead: Lead, _bulk: BulkChange) -> Any:
        if lead.pk == leads[1].pk:
            raise RuntimeError("vera@example.com")
        return mark_done(by=by, lead=lead)

    change = begun(bob)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(BULK_ACTIONS, "done", _doing(breaks))
        work(change)
    assert (change.changed, change.refused) == (2, 1)
    assert "vera" not in change.items.get(state=ItemState.REFUSED).reason


def test_rights_count_at_the_moment_of_the_change(bob: User, lead: Lead) -> None:
    change = begun(bob)
    User.objects.filter(pk=bob.pk).update(role=Role.NONE)
    work(BulkChange.objects.get(pk=change.pk))
    assert change.items.get().state == ItemState.REFUSED
    assert not lead.events.exists()


def test_one_undo_for_all_of_it_and_who_was_changed_since_is_named(as_bob: Client, bob: User, alice: User, clinic: object) -> None:
    leads = make_leads(3)
    change = begun(bob)
    work(change)
    snooze(by=alice, lead=leads[0], until=timezone.now() + timedelta(days=1))
    answer = as_bob.post(reverse("bulk_change_remove", args=[change.pk]), {"next": reverse("inbox")})
    change.refresh_from_db()
    assert (change.state, change.undone, change.kept) == (BulkState.UNDONE, 2, 1)
    assert "Alice" in as_bob.get(answer.headers["Location"]).content.decode()
    assert Lead.objects.filter(attention=Attention.NEEDS_US).count() == 2


def test_it_is_undone_once_and_for_ten_minutes_after_its_end(bob: User, lead: Lead) -> None:
    change = begun(bob)
    work(change)
    BulkChange.objects.update(at=timezone.now() - timedelta(minutes=30), finished_at=timezone.now() - timedelta(minutes=10))
    with pytest.raises(Conflict, match="ten minutes"):
        begin_undo(by=bob, bulk=change)
    BulkChange.objects.update(finished_at=timezone.now() - timedelta(minutes=9))
    lead.events.update(at=timezone.now() - timedelta(minutes=20))
    begin_undo(by=bob, bulk=change)
    work(change)
    lead.refresh_from_db()
    assert lead.attention == Attention.NEEDS_US
    with pytest.raises(Conflict):
        begin_undo(by=bob, bulk=change)


def test_the_newest_change_may_be_one_of_many(as_bob: Client, bob: User, clinic: object) -> None:
    make_leads(2)
    work(begun(bob))
    assert changes_of(bob, timezone.now()) == []
    assert "2 leads." in as_bob.get(reverse("changes")).content.decode()
    as_bob.post(reverse("changes_remove"), {"next": reverse("inbox")}, follow=True)
    assert Lead.objects.filter(attention=Attention.NEEDS_US).count() == 2


def test_a_lead_that_was_so_already_counts_and_is_not_undone(bob: User, lead: Lead) -> None:
    mark_done(by=bob, lead=lead)
    change = begun(bob)
    work(change)
    assert (change.changed, change.items.get().state) == (1, ItemState.SAME)


def test_the_task_works_a_slice_and_rings_for_the_rest(bob: User, clinic: object, rung: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    make_leads(2)
    begun(bob)
    monkeypatch.setattr("leads.triage.tasks.work_off", lambda now: work_off(now, 0))
    bulk_task()
    assert rung == ["rung"]
    monkeypatch.setattr("leads.triage.tasks.work_off", lambda now: work_off(now, SOON))
    bulk_task()
    assert rung == ["rung"]
    assert BulkChange.objects.get().state == BulkState.DONE


def test_a_small_one_is_not_kept_waiting_by_a_large_one(bob: User, clinic: object) -> None:
    make_leads(3)
    large, small = begun(bob), begun(bob, "assign", {"owner": bob.pk})
    with pytest.MonkeyPatch.context() as patch:
        seen: list[BulkChange] = []
        patch.setattr(bulk, "work_at", lambda change, until: bool(seen.append(change)))  # type: ignore[func-returns-value]  # none is finished
        assert work_off(timezone.now(), SOON)
    assert seen == [large, small]


@pytest.mark.parametrize("action", BULK_ACTIONS.values(), ids=list(BULK_ACTIONS))
def test_what_can_be_done_to_many_has_a_way_back(action: Any, bob: User, lead: Lead) -> None:
    later = (timezone.now() + timedelta(days=1)).isoformat()
    stage = Stage.objects.first_of(Category.CLOSED if action.name == "close" else Category.BOOKED)
    change = begun(bob, action.name, {"owner": bob.pk, "until": later, "stage": stage.pk})
    work(change)
    event = change.items.get().event
    assert event is not None
    assert event.data["noun"] in WAYS_BACK
    assert str(action.says(change.value))


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_change_do_each_lead_once(bob: User, clinic: object) -> None:
    """Should a lease ever end too early."""
    make_leads(12)
    change = begun(bob)

    def worker() -> None:
        try:
            bulk.go_through(BulkChange.objects.get(pk=change.pk), bulk.ROUNDS[0], time.monotonic() + SOON)
        finally:
            connection.close()

    threads = [Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    change.refresh_from_db()
    assert (change.state, change.changed, change.refused) == (BulkState.DONE, 12, 0)
    assert [lead.events.count() for lead in Lead.objects.all()] == [1] * 12


@pytest.mark.parametrize("model", [BulkChange, BulkItem])
def test_the_database_refuses_an_unknown_state(bob: User, lead: Lead, model: Any) -> None:
    begun(bob)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(state="lost")


def test_no_other_moves(bob: User, lead: Lead) -> None:
    begun(bob)
    with pytest.raises(IllegalMove, match="done → working"):
        BulkChange.objects.all().move(BulkState.DONE, BulkState.WORKING)
