"""They ask for a copy of their data, or for its deletion: staff see it at once, and nobody forgets it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leads.models import Attention, Category, Lead, PrivacyRequest, Stage, User
from leads.triage.decisions import actions as triage
from leads.triage.decisions.actions import finish_request
from leads.triage.decisions.recording import Conflict
from tests.capture.visiting import from_mail, from_thanks, look, press, visitor
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera() -> Lead:
    """She wrote, and was answered."""
    lead = Lead.objects.get(reference=vera_writes().reference)
    triage.mark_contacted(by=None, lead=lead)
    return lead


def ask(lead: Lead, kind: str = "copy") -> str:
    page = press(f"{from_mail(lead)}request/", kind=kind)
    lead.refresh_from_db()
    return page


def test_the_lead_needs_us_within_a_week(vera: Lead) -> None:
    assert "We have your request. A person sees to it within a week." in ask(vera)
    assert (vera.attention, vera.next_action) == (Attention.NEEDS_US, "privacy_request")
    assert vera.due_at
    assert timedelta(days=6) < vera.due_at - timezone.now() <= timedelta(days=7)
    assert vera.events.filter(kind="privacy_request", by=None, data={"request": "copy"}).count() == 1


def test_the_page_says_what_was_asked(vera: Lead) -> None:
    ask(vera)
    page = look(from_mail(vera))
    assert "You have asked for a copy." in page
    assert "Ask us to delete it" in page


def test_asked_twice_it_is_one_request(vera: Lead) -> None:
    ask(vera)
    ask(vera)
    assert PrivacyRequest.objects.count() == 1
    assert vera.events.filter(kind="privacy_request").count() == 1


def test_a_copy_and_deletion_are_two(vera: Lead) -> None:
    ask(vera)
    ask(vera, "deletion")
    assert set(PrivacyRequest.objects.values_list("kind", flat=True)) == {"copy", "deletion"}


def test_who_asks_for_deletion_gets_no_follow_up_meanwhile(bob: User) -> None:
    lead = Lead.objects.get(reference=vera_writes().reference)
    ask(lead, "deletion")
    assert lead.enrolments.get().stop_reason == "deletion"


def test_who_waits_for_an_answer_too_is_answered_first_and_not_forgotten_then(bob: User) -> None:
    lead = Lead.objects.get(reference=vera_writes().reference)
    ask(lead)
    assert lead.next_action == "reply"
    triage.mark_contacted(by=bob, lead=lead)
    assert (lead.attention, lead.next_action, lead.waiting_since) == (Attention.NEEDS_US, "privacy_request", None)


def test_a_move_with_an_answer_does_not_forget_it_either(bob: User) -> None:
    lead = Lead.objects.get(reference=vera_writes().reference)
    ask(lead)
    triage.change_stage(by=bob, lead=lead, stage=Stage.objects.first_of(Category.WORKING))
    assert (lead.attention, lead.next_action) == (Attention.NEEDS_US, "privacy_request")


def test_a_closed_lead_is_opened_for_it(vera: Lead, bob: User) -> None:
    triage.change_stage(by=bob, lead=vera, stage=Stage.objects.first_of(Category.CLOSED))
    ask(vera)
    assert (vera.category, vera.attention, vera.next_action) == (Category.NEW, Attention.NEEDS_US, "privacy_request")


def test_it_can_not_be_put_away_before_it_is_done(vera: Lead, bob: User) -> None:
    ask(vera)
    with pytest.raises(Conflict):
        triage.mark_done(by=bob, lead=vera)
    with pytest.raises(Conflict):
        triage.change_stage(by=bob, lead=vera, stage=Stage.objects.first_of(Category.CLOSED))


class TestOnTheDesk:
    def test_it_stands_in_the_inbox_and_on_the_lead(self, vera: Lead, as_bob: Client) -> None:
        ask(vera, "deletion")
        assert "Data request" in as_bob.get("/desk/").content.decode()
        page = " ".join(as_bob.get(f"/desk/leads/{vera.reference}/").content.decode().split())
        assert "They asked us to delete their details. We said by " in page
        assert "Asked us to delete their details" in page

    def test_a_colleague_says_that_it_is_done(self, vera: Lead, as_bob: Client, bob: User) -> None:
        ask(vera)
        as_bob.post(f"/desk/leads/{vera.reference}/privacy-request/", {"kind": "copy"})
        vera.refresh_from_db()
        request = PrivacyRequest.objects.get()
        assert (request.done_by, bool(request.done_at)) == (bob, True)
        assert (vera.attention, vera.next_action) == (Attention.DONE, "check_back")
        assert vera.events.get(kind="privacy_done").by == bob
        assert "They asked about their data" not in as_bob.get(f"/desk/leads/{vera.reference}/").content.decode()

    def test_the_other_one_still_needs_us(self, vera: Lead, bob: User) -> None:
        ask(vera)
        ask(vera, "deletion")
        finish_request(by=bob, lead=vera, kind="copy")
        vera.refresh_from_db()
        assert (vera.attention, vera.next_action) == (Attention.NEEDS_US, "privacy_request")

    def test_done_twice_is_done_once(self, vera: Lead, bob: User) -> None:
        ask(vera)
        assert finish_request(by=bob, lead=vera, kind="copy")
        assert not finish_request(by=bob, lead=vera, kind="copy")
        assert vera.events.filter(kind="privacy_done").count() == 1

    def test_afterwards_they_can_ask_again(self, vera: Lead, bob: User) -> None:
        ask(vera)
        finish_request(by=bob, lead=vera, kind="copy")
        ask(vera)
        assert PrivacyRequest.objects.count() == 2

    @pytest.mark.parametrize("kind", ["", "everything", "deletion"])
    def test_what_nobody_asked_for_can_not_be_done(self, vera: Lead, as_bob: Client, kind: str) -> None:
        ask(vera)
        as_bob.post(f"/desk/leads/{vera.reference}/privacy-request/", {"kind": kind})
        assert PrivacyRequest.objects.get().done_at is None


@pytest.mark.parametrize("fields", [{}, {"kind": "everything"}, {"kind": "\x00"}])
def test_nonsense_asks_for_nothing(vera: Lead, fields: dict[str, Any]) -> None:
    press(f"{from_mail(vera)}request/", **fields)
    assert not PrivacyRequest.objects.exists()


def test_who_only_writes_in_her_name_can_not_ask(vera: Lead) -> None:
    page = press(f"{from_thanks(message='Me again.')}request/", kind="deletion")
    assert "We have your request" not in page
    assert not PrivacyRequest.objects.exists()


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_asks_for_nothing(vera: Lead, method: str) -> None:
    assert getattr(visitor(), method)(f"{from_mail(vera)}request/").status_code == 303
    assert visitor().delete(f"{from_mail(vera)}request/").status_code == 405
    assert not PrivacyRequest.objects.exists()
