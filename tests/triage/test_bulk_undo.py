"""A change of many leads taken back as one: by whoever made it, once, for ten minutes; who was changed since is left as they are."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.models import Attention, BulkChange, BulkState, ItemState, Lead, User
from leads.triage.actions import mark_done, snooze
from leads.triage.bulk import begin_undo
from leads.triage.recent import changes_of
from leads.triage.recording import Conflict
from tests.triage.test_bulk import begun, make_leads, work

pytestmark = pytest.mark.django_db


def test_a_colleague_does_not_take_it_back_in_somebody_elses_name(as_alice: Client, as_bob: Client, bob: User, lead: Lead) -> None:
    change = begun(bob)
    work(change)
    where = reverse("bulk_change_remove", args=[change.pk])
    assert where not in as_alice.get(reverse("bulk_change", args=[change.pk])).content.decode()
    assert "Only Bob" in as_alice.post(where, follow=True).content.decode()
    change.refresh_from_db()
    assert (change.state, change.undone) == (BulkState.DONE, 0)
    assert where in as_bob.get(reverse("bulk_change", args=[change.pk])).content.decode()


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
