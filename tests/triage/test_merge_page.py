"""Possibly the same person: said with why, compared side by side, merged, or kept apart for good."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leads.models import EventKind, Lead, ReadRecord, User
from leads.triage.decisions.recording import Conflict
from leads.triage.same_person.alike import alike
from leads.triage.same_person.apart import set_apart, take_back_apart
from leads.triage.same_person.merging import merge, unmerge
from tests.cast import make_lead
from tests.triage.lead_page import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(lead: Lead) -> Lead:
    return make_lead(name="Vera Marie Lind", phone="+15550100177", topic="cost")


@pytest.fixture
def otto(lead: Lead) -> Lead:
    return make_lead(name="Otto Lind")


def text(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def compare(client: Client, lead: Lead, other: Lead) -> str:
    return text(client.get(reverse("lead_merging", args=[lead.reference]), {"with": other.reference}))


def post(client: Client, door: str, lead: Lead, **data: str) -> str:
    return text(client.post(reverse(door, args=[lead.reference]), data, follow=True))


def test_the_page_says_why_they_may_be_one(as_bob: Client, lead: Lead, other: Lead, otto: Lead) -> None:
    shown = page(as_bob, lead)
    assert "Same email and first name" in shown
    assert "Same email, another name" in shown


def test_what_differs_can_be_chosen_and_what_moves_is_said(as_bob: Client, bob: User, lead: Lead, other: Lead) -> None:
    other.events.create(kind=EventKind.NOTE, text="A note.", by=bob)
    shown = compare(as_bob, lead, other)
    assert "the fuller one" in shown
    assert "1 note." in shown
    assert 'name="email"' not in shown
    assert set(ReadRecord.objects.latest("pk").leads) == {lead.pk, other.pk}


def test_they_are_merged_and_the_toast_parts_them(as_bob: Client, lead: Lead, other: Lead) -> None:
    shown = post(as_bob, "lead_merge", lead, other=other.reference, name="other")
    lead.refresh_from_db()
    assert lead.name == "Vera Marie Lind"
    assert reverse("lead_merge_remove", args=[lead.reference]) in shown
    assert "was merged into this lead" in shown
    shown = post(as_bob, "lead_merge_remove", lead)
    lead.refresh_from_db()
    assert lead.name == "Vera Lind"
    assert "was merged into this lead" not in shown


def test_another_name_needs_a_tick(as_bob: Client, lead: Lead, otto: Lead) -> None:
    assert "I know that they are one person" in compare(as_bob, lead, otto)
    assert "names differ" in post(as_bob, "lead_merge", lead, other=otto.reference)
    assert "is part of this lead now" in post(as_bob, "lead_merge", lead, other=otto.reference, confirmed="on")


def test_a_colleagues_decision_since_is_not_overlooked(as_bob: Client, alice: User, lead: Lead, other: Lead) -> None:
    other.events.create(kind=EventKind.CONTACTED, by=alice, data={})
    shown = post(as_bob, "lead_merge", lead, other=other.reference, shown="2026-01-01T00:00:00+00:00")
    assert "press again if you still mean it" in shown
    other.refresh_from_db()
    assert other.merged_into is None


def test_without_another_it_asks_for_the_reference(as_bob: Client, lead: Lead) -> None:
    assert "Reference of the other lead" in text(as_bob.get(reverse("lead_merging", args=[lead.reference])))
    assert "no released lead" in text(as_bob.get(reverse("lead_merging", args=[lead.reference]), {"with": "nonsense\x00"}))


def test_the_lead_itself_is_nothing_to_compare(as_bob: Client, lead: Lead) -> None:
    assert as_bob.get(reverse("lead_merging", args=[lead.reference]), {"with": lead.reference}).status_code == 302


@pytest.mark.parametrize("name", ["lead_merge", "lead_apart", "lead_apart_remove"])
def test_another_that_is_none_is_told(as_bob: Client, lead: Lead, name: str) -> None:
    assert "There is no lead with this reference" in post(as_bob, name, lead, other="7K3M-92QX")


# Apart


def test_who_is_somebody_else_is_suggested_no_more_on_either(as_bob: Client, bob: User, lead: Lead, other: Lead) -> None:
    shown = post(as_bob, "lead_apart", lead, other=other.reference)
    assert "Possibly the same person" not in shown
    assert alike(bob, other) == []
    assert [each.events.get().kind for each in (lead, other)] == ["not_same", "not_same"]
    assert not set_apart(by=bob, lead=other, other=lead)


def test_it_is_taken_back(bob: User, lead: Lead, other: Lead) -> None:
    set_apart(by=bob, lead=lead, other=other)
    take_back_apart(by=bob, lead=other, other=lead)
    assert [each.lead for each in alike(bob, lead)] == [other]
    with pytest.raises(Conflict, match="already"):
        take_back_apart(by=bob, lead=lead, other=other)


def test_a_household_is_shown_on_both(as_bob: Client, lead: Lead, otto: Lead) -> None:
    post(as_bob, "lead_apart", lead, other=otto.reference, household="yes")
    for one in (lead, otto):
        shown = page(as_bob, one)
        assert "Shares this address with" in shown
        assert "Possibly the same person" not in shown


def test_whoever_was_kept_apart_stays_so_through_a_merge(bob: User, lead: Lead, other: Lead, otto: Lead) -> None:
    set_apart(by=bob, lead=other, other=otto)
    merge(by=bob, keep=lead, other=other, choices={})
    assert alike(bob, lead) == []
    assert alike(bob, otto) == []
    unmerge(by=bob, lead=lead)
    assert {each.lead for each in alike(bob, lead)} == {other, otto}
