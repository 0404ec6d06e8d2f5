"""A button pressed on a page that is out of date says whose decision it would have overlooked, and does nothing yet."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.models import Attention, Category, EventKind, Lead, StaffMail, User
from leads.triage.decisions.actions import add_note, mark_contacted
from leads.triage.undo.undo import undo
from tests.cast import vera_writes
from tests.triage.lead_page import said, url

pytestmark = pytest.mark.django_db
BEFORE = timedelta(minutes=5)


@pytest.fixture
def vera(db: None) -> Lead:
    """She wrote before the page was shown."""
    lead = Lead.objects.get(reference=vera_writes().reference)
    lead.events.update(at=timezone.now() - 2 * BEFORE)
    return lead


def shown_before() -> str:
    return (timezone.now() - BEFORE).isoformat()


def test_it_says_who_was_faster_and_does_nothing(as_bob: Client, alice: User, vera: Lead) -> None:
    mark_contacted(by=alice, lead=vera)
    response = as_bob.post(url("stage", vera), {"stage": "treatment", "shown": shown_before()})
    assert said(response) == [f"{alice}, just now: Contact logged. Look at it first; press again if you still mean it."]
    vera.refresh_from_db()
    assert vera.category == Category.WORKING


def test_pressing_again_means_it(as_bob: Client, alice: User, vera: Lead) -> None:
    mark_contacted(by=alice, lead=vera)
    as_bob.post(url("stage", vera), {"stage": "booked", "shown": timezone.now().isoformat()})
    vera.refresh_from_db()
    assert vera.category == Category.BOOKED


def test_nobody_is_answered_twice(as_bob: Client, alice: User, vera: Lead) -> None:
    mark_contacted(by=alice, lead=vera)
    mail = {"mail_subject": "Hello", "mail_text": "Dear Vera", "write": "email", "note_on": vera.reference, "shown": shown_before()}
    response = as_bob.post(url("answer", vera), mail)
    assert response.status_code == 400
    assert "Dear Vera" in response.content.decode(), "nothing typed is lost"
    assert not StaffMail.objects.exists()


def test_whoever_writes_sees_first_what_they_wrote_meanwhile(as_bob: Client, vera: Lead) -> None:
    vera.events.create(kind=EventKind.REPLIED)
    mail = {"mail_subject": "Hello", "mail_text": "Dear Vera", "shown": shown_before()}
    assert "They wrote again, just now." in as_bob.post(url("answer", vera), mail).content.decode()
    as_bob.post(url("care", vera), {"shown": shown_before()})
    as_bob.post(url("assignment", vera), {"owner": User.objects.get(name="Bob").pk, "shown": shown_before()})
    vera.refresh_from_db()
    assert vera.owner, "it does not hold up what puts nobody away"


@pytest.mark.parametrize(("noun", "typed"), [
    ("done", {}),
    ("contacted", {}),
    ("snooze", {"until": "tomorrow"}),
    ("stage", {"stage": "booked"}),
    ("call", {"outcome": "spoke"}),
    ("close", {"reason": "1"}),
])  # fmt: skip
def test_nobody_is_put_away_over_what_nobody_has_seen(as_bob: Client, vera: Lead, noun: str, typed: dict[str, str]) -> None:
    vera.events.create(kind=EventKind.REPLIED)
    response = as_bob.post(url(noun, vera), typed | {"shown": shown_before()})
    assert "They wrote again, just now." in said(response)[0]
    vera.refresh_from_db()
    assert (vera.attention, vera.category) == (Attention.NEEDS_US, Category.NEW)


@pytest.mark.parametrize("page", ["inbox", "board", "closing"])
def test_each_page_that_puts_somebody_away_says_when_it_was_shown(as_bob: Client, vera: Lead, page: str) -> None:
    address = url(page, vera) if page == "closing" else reverse(page)
    assert re.search(r'name="shown" value="20\d\d-', as_bob.get(address).content.decode())


def test_a_note_is_added_in_any_case(as_bob: Client, alice: User, vera: Lead) -> None:
    mark_contacted(by=alice, lead=vera)
    as_bob.post(url("notes", vera), {"text": "Me, too.", "note_on": vera.reference, "shown": shown_before()})
    assert vera.events.filter(kind=EventKind.NOTE).exists()


def test_a_note_of_a_colleague_holds_nothing_up(as_bob: Client, alice: User, vera: Lead) -> None:
    add_note(by=alice, lead=vera, text="Prefers mornings.")
    as_bob.post(url("contacted", vera), {"shown": shown_before()})
    assert vera.events.filter(kind=EventKind.CONTACTED).exists()


def test_ones_own_decisions_hold_nothing_up(as_bob: Client, bob: User, vera: Lead) -> None:
    mark_contacted(by=bob, lead=vera)
    as_bob.post(url("stage", vera), {"stage": "booked", "shown": shown_before()})
    vera.refresh_from_db()
    assert vera.category == Category.BOOKED


def test_what_she_took_back_no_longer_stands_in_the_way_unseen(as_bob: Client, alice: User, vera: Lead) -> None:
    mark_contacted(by=alice, lead=vera)
    undo(by=alice, lead=vera, noun="contacted")
    as_bob.post(url("done", vera), {"shown": timezone.now().isoformat()})
    vera.refresh_from_db()
    assert vera.attention == Attention.DONE


def test_a_page_that_says_no_time_is_believed(as_bob: Client, alice: User, vera: Lead) -> None:
    mark_contacted(by=alice, lead=vera)
    as_bob.post(url("stage", vera), {"stage": "booked"})
    vera.refresh_from_db()
    assert vera.category == Category.BOOKED
