"""A call is logged with what came of it: whom we reached was contacted, everybody else still waits for us."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from leads.models import Attention, CallOutcome, Category, Enrolment, EnrolmentState, EventKind, Lead, User
from leads.triage.decisions.actions import log_call
from leads.triage.decisions.recording import Conflict
from tests.cast import make_lead, vera_writes
from tests.triage.lead_page import page, said, url

pytestmark = pytest.mark.django_db
REACHED = ("spoke", "voicemail")
MISSED = ("no_answer", "wrong_number")


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes(phone="212 555 0104").reference)


def log(client: Client, lead: Lead, outcome: str, **fields: str) -> Any:
    return client.post(url("call", lead), {"outcome": outcome, "write": "call", "note_on": lead.reference} | fields)


@pytest.mark.parametrize("outcome", REACHED)
def test_whom_we_reached_was_contacted(as_bob: Client, bob: User, vera: Lead, outcome: str) -> None:
    assert said(log(as_bob, vera, outcome)) == ["Call logged."]
    vera.refresh_from_db()
    assert (vera.category, vera.attention, vera.waiting_since) == (Category.WORKING, Attention.DONE, None)
    assert Enrolment.objects.get().stop_reason == "contacted"
    assert vera.answers.get().by == bob
    assert vera.events.get(kind=EventKind.CALLED).by == bob


@pytest.mark.parametrize("outcome", MISSED)
def test_whom_we_missed_still_waits_for_us(as_bob: Client, vera: Lead, outcome: str) -> None:
    waiting = vera.waiting_since
    assert said(log(as_bob, vera, outcome)) == ["Call logged. It does not count as contact: they still wait for us."]
    vera.refresh_from_db()
    assert (vera.category, vera.attention, vera.waiting_since) == (Category.NEW, Attention.NEEDS_US, waiting)
    assert Enrolment.objects.get().state == EnrolmentState.RUNNING
    assert not vera.answers.exists()


@pytest.mark.parametrize(("outcome", "words"), [
    ("spoke", "Called: spoke to them"),
    ("voicemail", "Called: left a voicemail"),
    ("no_answer", "Called: no answer"),
    ("wrong_number", "Called: wrong number"),
])  # fmt: skip
def test_the_timeline_tells_it_with_its_note(as_bob: Client, vera: Lead, outcome: str, words: str) -> None:
    log(as_bob, vera, outcome, text="Call again on Monday.\r\n")
    shown = page(as_bob, vera)
    assert words in shown
    assert "Call again on Monday." in shown
    assert [event.kind for event in vera.events.all() if event.text] == [EventKind.CALLED]


def test_the_note_is_sealed(as_bob: Client, vera: Lead) -> None:
    log(as_bob, vera, "spoke", text="Asked about Tuesday.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM leads_event WHERE kind = 'called'")
        assert b"Tuesday" not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize("outcome", REACHED + MISSED)
def test_undo_puts_everything_back(as_bob: Client, vera: Lead, outcome: str) -> None:
    log(as_bob, vera, outcome)
    assert said(as_bob.post(url("call_remove", vera)))[-1] == "Undone."
    waiting = vera.waiting_since
    vera.refresh_from_db()
    assert (vera.category, vera.attention, vera.waiting_since) == (Category.NEW, Attention.NEEDS_US, waiting)
    assert Enrolment.objects.get().state == EnrolmentState.RUNNING
    assert not vera.answers.exists()
    assert "Undid the logged call" in page(as_bob, vera)


def test_only_a_voice_settles_who_may_not_be_safe(bob: User, db: None) -> None:
    unsafe = make_lead(read_first=True)
    log_call(by=bob, lead=unsafe, outcome=CallOutcome.VOICEMAIL)
    unsafe.refresh_from_db()
    assert (unsafe.read_first, unsafe.attention) == (True, Attention.NEEDS_US)
    log_call(by=bob, lead=unsafe, outcome=CallOutcome.SPOKE)
    unsafe.refresh_from_db()
    assert (unsafe.read_first, unsafe.attention) == (False, Attention.DONE)


def test_a_second_call_is_a_second_line(as_bob: Client, vera: Lead) -> None:
    for _ in range(2):
        log(as_bob, vera, "no_answer")
    assert vera.events.filter(kind=EventKind.CALLED).count() == 2


@pytest.mark.parametrize("outcome", ["", "hung_up", "\0", "spoke\r\n"])
def test_what_came_of_it_is_one_of_four(as_bob: Client, vera: Lead, outcome: str) -> None:
    response = log(as_bob, vera, outcome, text="Nice talk.")
    html = response.content.decode()
    assert response.status_code == 400
    assert "Choose what came of the call. Your note is not saved yet." in html
    assert "Nice talk." in html
    assert 'value="call" checked' in html
    assert not vera.events.filter(kind=EventKind.CALLED).exists()


def test_a_note_that_is_too_long_stays_in_its_box(as_bob: Client, vera: Lead) -> None:
    response = log(as_bob, vera, "spoke", text="x" * 5001)
    assert response.status_code == 400
    assert "x" * 5001 in response.content.decode()
    vera.refresh_from_db()
    assert vera.attention == Attention.NEEDS_US


def test_an_email_in_its_box_is_not_lost_over_it(as_bob: Client, vera: Lead) -> None:
    response = log(as_bob, vera, "spoke", mail_text="Tuesday at ten?")
    assert "Send the email first, or empty its box." in response.content.decode()
    assert not vera.events.filter(kind=EventKind.CALLED).exists()


@pytest.mark.parametrize("fields", [{"screening": "check", "identity_key": None}, {"category": "closed"}])
def test_who_is_not_called(bob: User, vera: Lead, fields: dict[str, Any]) -> None:
    Lead.objects.update(**fields)
    with pytest.raises(Conflict):
        log_call(by=bob, lead=vera, outcome=CallOutcome.SPOKE)


@pytest.mark.parametrize("allowed", [True, False])
def test_a_voicemail_that_they_have_not_allowed_is_said_before(as_bob: Client, vera: Lead, allowed: bool) -> None:
    Lead.objects.update(may_leave_voicemail=allowed)
    assert ("They have not allowed a voicemail." in page(as_bob, vera)) is not allowed


def test_the_tab_for_notes_is_the_one_that_is_open(as_bob: Client, vera: Lead) -> None:
    shown = page(as_bob, vera)
    assert 'value="note" checked' in shown
    assert 'value="call">' in shown
