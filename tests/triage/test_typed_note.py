"""What stands in the note box is saved with whatever is pressed on the lead's page, or stays there."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leads.models import EventKind, Lead, Message, MessageKind, MessageState, User
from leads.triage.decisions.actions import mark_contacted
from tests.cast import make_lead, vera_writes
from tests.triage.lead_page import said, url

pytestmark = pytest.mark.django_db
NOTE = "Prefers mornings."
VERBS: dict[str, dict[str, str]] = {
    "stage": {"stage": "booked"},
    "contacted": {},
    "done": {},
    "snooze": {"until": "tomorrow"},
    "assignment": {"owner": ""},
    "care": {},
    "notes": {},
    "followup_remove": {},
    "hold": {},
    "hold_remove": {},
}


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes().reference)


def press(client: Client, noun: str, lead: Lead, text: str = NOTE, **fields: Any) -> Any:
    """As the page's one form sends it."""
    return client.post(url(noun, lead), {"text": text, "note_on": lead.reference} | fields)


def notes_of(lead: Lead) -> list[str]:
    return [event.text or "" for event in lead.events.filter(kind=EventKind.NOTE)]


@pytest.mark.parametrize("noun", VERBS)
def test_every_verb_brings_it_along(as_bob: Client, vera: Lead, noun: str) -> None:
    response = press(as_bob, noun, vera, **VERBS[noun])
    assert response.status_code == 303
    assert notes_of(vera) == [NOTE]
    assert said(response)[0].startswith("Note saved.")


@pytest.mark.parametrize("noun", ["release", "spam"])
def test_so_does_a_decision_in_check(as_bob: Client, db: None, noun: str) -> None:
    suspect = Lead.objects.get(reference=vera_writes(suspicions=["honeypot"]).reference)
    press(as_bob, noun, suspect)
    assert notes_of(suspect) == [NOTE]


def test_it_goes_along_when_a_released_lead_joins_another(as_bob: Client, vera: Lead) -> None:
    suspect = Lead.objects.get(reference=vera_writes(suspicions=["honeypot"], address="198.51.100.9").reference)
    press(as_bob, "release", suspect)
    assert notes_of(vera) == [NOTE]


@pytest.mark.parametrize("noun", ["arrival", "copy"])
def test_so_does_a_word_on_a_mail_in_doubt(as_bob: Client, vera: Lead, noun: str) -> None:
    doubt = vera.messages.get(kind=MessageKind.ACKNOWLEDGEMENT)
    Message.objects.filter(pk=doubt.pk).update(state=MessageState.UNKNOWN)
    press(as_bob, noun, vera, message=str(doubt.pk))
    assert notes_of(vera) == [NOTE]


def test_undo_takes_back_the_verb_and_leaves_the_note(as_bob: Client, lead: Lead) -> None:
    press(as_bob, "contacted", lead)
    press(as_bob, "contacted_remove", lead, text="")
    lead.refresh_from_db()
    assert lead.attention == "needs_us"
    assert notes_of(lead) == [NOTE]


def test_it_is_about_the_person_on_the_page(as_bob: Client, lead: Lead) -> None:
    """After "Here is the next" the page is of one lead, and its Undo of the one before."""
    before = make_lead(name="Before", email="before@example.com")
    press(as_bob, "contacted", before, text="")
    as_bob.post(url("contacted_remove", before), {"text": NOTE, "note_on": lead.reference})
    before.refresh_from_db()
    assert before.attention == "needs_us"
    assert (notes_of(before), notes_of(lead)) == ([], [NOTE])


def test_blank_is_no_note(as_bob: Client, lead: Lead) -> None:
    response = press(as_bob, "done", lead, text=" \r\n ")
    assert said(response) == ["Done for now."]
    assert notes_of(lead) == []


def test_one_that_is_too_long_stays_and_nothing_is_done(as_bob: Client, lead: Lead) -> None:
    response = press(as_bob, "contacted", lead, text="x" * 5001)
    shown = response.content.decode()
    assert response.status_code == 400
    assert "x" * 5001 in shown
    assert "Shorten the note to 5000 characters or fewer. Your note is not saved yet." in shown
    assert not lead.events.exists()


def test_the_end_of_a_line_is_one_character(as_bob: Client, lead: Lead) -> None:
    press(as_bob, "notes", lead, text="x" * 4998 + "\r\ny")
    assert len(notes_of(lead)[0]) == 5000


@pytest.mark.parametrize(("noun", "fields", "sentence"), [
    ("snooze", {}, "Choose until when."),
    ("stage", {"stage": "nonsense"}, "Choose one of the stages."),
    ("followup_remove", {}, "No follow-up is under way."),
])  # fmt: skip
def test_where_the_verb_is_refused_the_note_stays(as_bob: Client, lead: Lead, noun: str, fields: dict[str, str], sentence: str) -> None:
    response = press(as_bob, noun, lead, text="<b>mornings", **fields)
    shown = response.content.decode()
    assert f"{sentence} Your note is not saved yet." in shown
    assert "&lt;b&gt;mornings</textarea>" in shown
    assert not lead.events.exists()


def test_reading_what_they_wrote_leaves_it_in_its_box(as_bob: Client, vera: Lead) -> None:
    shown = press(as_bob, "story", vera).content.decode()
    assert f"{NOTE}</textarea>" in shown
    assert notes_of(vera) == []


def test_contact_and_note_lead_to_who_comes_next(as_bob: Client, lead: Lead) -> None:
    following = make_lead(name="Next", email="next@example.com", due_at=timezone.now() + timedelta(hours=3))
    response = press(as_bob, "contacted", lead, next="next-lead")
    assert response.headers["Location"].endswith(f"{following.reference}/")
    assert said(response) == ["Note saved. Contact logged. Here is the next."]


def test_nobody_without_rights_writes_one(as_charlie: Client, lead: Lead) -> None:
    assert press(as_charlie, "contacted", lead).status_code == 404
    assert not lead.events.exists()


def test_every_button_of_the_page_belongs_to_the_form_with_the_note(as_bob: Client, vera: Lead, bob: User) -> None:
    mark_contacted(by=bob, lead=vera)
    shown = as_bob.get(f"/desk/leads/{vera.reference}/").content.decode()
    main = shown[shown.index("<main") : shown.index('<dialog id="keys"')]
    assert main.count("<form") == 1
    outside = main[: main.index("<form")] + main[main.index("</form>") :]
    buttons = re.findall(r"<button[^>]*>", outside)
    assert len(buttons) > 5
    assert [button for button in buttons if 'form="work"' not in button] == []
