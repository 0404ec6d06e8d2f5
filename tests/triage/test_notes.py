"""Notes: what staff write about a lead, sealed."""

import pytest

from leads.models import Event, Lead, User
from leads.triage.decisions.actions import NOTE_LIMIT, add_note
from leads.triage.decisions.recording import Conflict


def test_a_note_is_kept_with_its_author(lead: Lead, bob: User) -> None:
    add_note(by=bob, lead=lead, text="  Prefers mornings.\r\n")
    note = lead.events.get()
    assert (note.by, note.text) == (bob, "Prefers mornings.")


def test_a_note_is_encrypted(lead: Lead, bob: User) -> None:
    add_note(by=bob, lead=lead, text="Prefers mornings.")
    assert b"mornings" not in bytes(Event.objects.values_list("text", flat=True).get() or b"")


def test_an_empty_note_is_refused(lead: Lead, bob: User) -> None:
    with pytest.raises(Conflict):
        add_note(by=bob, lead=lead, text=" \n ")


def test_a_note_has_a_limit(lead: Lead, bob: User) -> None:
    add_note(by=bob, lead=lead, text="x" * NOTE_LIMIT)
    with pytest.raises(Conflict):
        add_note(by=bob, lead=lead, text="x" * (NOTE_LIMIT + 1))
