"""A change of many leads puts nobody away over words that nobody has seen, overrules no colleague, and holds up no other change."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.models import Attention, BulkChange, BulkItem, BulkState, Category, EventKind, Lead, User
from leads.triage.bulk import bulk
from leads.triage.bulk.bulk import begin_with_all, work_off
from leads.triage.decisions.actions import mark_contacted
from tests.cast import vera_writes
from tests.triage.test_bulk import SOON, begun, make_leads, post, rung, work

__all__ = ["rung"]  # a fixture
pytestmark = pytest.mark.django_db

# What happened since the list was shown


@pytest.mark.parametrize("action", ["done", "close", "stage"])
def test_who_wrote_since_the_list_was_shown_is_not_put_away_with_the_others(as_bob: Client, clinic: object, action: str) -> None:
    vera = Lead.objects.get(reference=vera_writes().reference)
    chosen, shown = [vera, *make_leads(1)], timezone.now().isoformat()
    vera_writes(message="One thing more.")
    post(as_bob, lead=[lead.reference for lead in chosen], action=action, stage="booked", reason="1", shown=shown)
    vera.refresh_from_db()
    assert vera.waiting_since
    assert (vera.attention, vera.category) == (Attention.NEEDS_US, Category.NEW)
    assert "They wrote again" in BulkItem.objects.get(lead=vera).reason
    assert BulkChange.objects.get().changed == 1


def test_who_writes_while_the_worker_is_at_the_others_is_left_as_they_are(bob: User, clinic: object) -> None:
    vera_writes()
    change = begun(bob)
    vera_writes(message="One thing more.")
    work(change)
    assert Lead.objects.get().attention == Attention.NEEDS_US


def test_all_that_match_are_those_that_somebody_could_have_seen(as_bob: Client, clinic: object) -> None:
    make_leads(2)
    shown = timezone.now().isoformat()
    vera = vera_writes()
    post(as_bob, all="1", sure="1", query="view=needs-us", action="close", reason="1", shown=shown)
    work_off(timezone.now(), SOON)
    assert Lead.objects.get(reference=vera.reference).is_open
    assert Lead.objects.filter(category=Category.CLOSED).count() == 2


def test_a_colleague_who_was_faster_is_not_overruled(as_bob: Client, alice: User, lead: Lead) -> None:
    shown = timezone.now().isoformat()
    mark_contacted(by=alice, lead=lead)
    post(as_bob, lead=lead.reference, action="close", reason="1", shown=shown)
    lead.refresh_from_db()
    assert lead.is_open
    assert "Alice" in BulkItem.objects.get().reason


def test_a_list_from_tomorrow_hides_nothing(as_bob: Client, clinic: object) -> None:
    change = BulkChange(by=User.objects.get(name="Bob"), action="done", total=1, shown_at=timezone.now() + timedelta(days=1))
    change.save()
    vera = Lead.objects.get(reference=vera_writes().reference)
    BulkItem.objects.create(bulk=change, lead=vera)
    work(change)
    vera.refresh_from_db()
    assert vera.attention == Attention.NEEDS_US


def test_assigning_puts_nobody_away(as_bob: Client, alice: User) -> None:
    shown = timezone.now().isoformat()
    vera = vera_writes()
    post(as_bob, all="1", sure="1", query="", action="assign", owner=alice.pk, shown=shown)
    work_off(timezone.now(), SOON)
    assert Lead.objects.get(reference=vera.reference).owner == alice


# Nothing of one holds up another


def test_an_address_that_nobody_can_read_holds_up_no_other_change(as_bob: Client, lead: Lead) -> None:
    post(as_bob, all="1", sure="1", query="a=1&" * 2000, action="done")
    begun_by = begun(User.objects.get(name="Bob"))
    work_off(timezone.now(), SOON)
    begun_by.refresh_from_db()
    assert begun_by.state == BulkState.DONE


def test_one_that_breaks_holds_up_no_other(bob: User, lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, fine = begin_with_all(by=bob, action="done", value={}, text="", query="q=vera"), begun(bob)

    def fails(by: User, query: str) -> Any:
        raise RuntimeError("Vera")

    monkeypatch.setattr(bulk, "matching", fails)
    work_off(timezone.now(), SOON)
    for change, state in ((broken, BulkState.GATHERING), (fine, BulkState.DONE)):
        change.refresh_from_db()
        assert change.state == state


def test_who_takes_it_back_is_named(as_alice: Client, alice: User, bob: User, lead: Lead) -> None:
    change = begun(bob)
    work(change)
    as_alice.post(reverse("bulk_change_remove", args=[change.pk]))
    assert lead.events.get(kind=EventKind.UNDONE).by == alice
