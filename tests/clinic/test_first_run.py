"""The checklist of the first run stands on the inbox until all is done or somebody hides it; examples come and go with one click."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.followup.crew import deliver_due
from leads.models import Clinic, Enquiry, Lead, Message, MessageKind, MessageState, User, clinic
from leads.triage.decisions.actions import add_note, mark_contacted
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db
TITLE = "Before the first visitor writes"


def inbox(client: Client) -> str:
    return client.get(reverse("inbox")).content.decode()


def test_a_manager_and_an_administrator_see_it_and_bob_does_not(as_alice: Client, as_dana: Client, as_bob: Client) -> None:
    assert TITLE in inbox(as_alice)
    assert "Invite a colleague" in inbox(as_dana)
    assert "Invite a colleague" not in inbox(as_alice), "she can't"
    assert TITLE not in inbox(as_bob)


def test_each_task_is_ticked_once_it_is_done(as_dana: Client, dana: User) -> None:
    assert "0 of 5 done" in inbox(as_dana)
    Clinic.objects.update(hours_confirmed_at=timezone.now(), crisis_confirmed_at=timezone.now())
    assert "2 of 5 done" in inbox(as_dana)
    Message.objects.create(
        kind=MessageKind.TEST, mail="settings-test", user=dana, to_address=dana.email, state=MessageState.SENT, sent_at=timezone.now()
    )
    assert "3 of 5 done" in inbox(as_dana)
    vera_writes()
    User.objects.create_user("kim@example.com", name="Kim", role="front_desk")
    assert "5 of 5 done" in inbox(as_dana)


def test_hidden_it_is_gone_for_everybody_and_costs_nothing(as_alice: Client, as_dana: Client) -> None:
    as_alice.post(reverse("first_run_remove"))
    assert TITLE not in inbox(as_dana)


def test_examples_come_once(as_alice: Client, clinic: Clinic) -> None:
    as_alice.post(reverse("examples"))
    as_alice.post(reverse("examples"))
    assert Lead.objects.filter(is_example=True).count() == 5
    assert "Ada (example)" in inbox(as_alice)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_mailed_to_them_or_about_them(as_alice: Client, clinic: Clinic) -> None:
    as_alice.post(reverse("examples"))
    deliver_due()
    assert not Message.objects.exists()


def test_one_click_removes_them_with_what_was_tried_and_nobody_else(as_alice: Client, alice: User, clinic: Clinic) -> None:
    vera = make_lead()
    as_alice.post(reverse("examples"))
    example = Lead.objects.filter(is_example=True).earliest("pk")
    mark_contacted(by=alice, lead=example)
    add_note(by=alice, lead=example, text="Tried it.")
    as_alice.post(reverse("examples_remove"))
    assert [lead.pk for lead in Lead.objects.all()] == [vera.pk]
    assert not Enquiry.objects.exists()


def test_one_of_them_shows_what_reading_first_means(as_alice: Client, clinic: Clinic) -> None:
    as_alice.post(reverse("examples"))
    assert "Read first" in inbox(as_alice)


def test_once_hidden_it_is_gone_from_the_next_page_however_long_settings_are_remembered(
    as_alice: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    settings.REMEMBER_SECONDS = 2
    monkeypatch.setattr("leads.models.remembered.time.monotonic", lambda: 1000.0)
    try:
        assert TITLE in inbox(as_alice)
        with django_capture_on_commit_callbacks(execute=True):
            as_alice.post(reverse("first_run_remove"))
        assert TITLE not in inbox(as_alice)
    finally:
        clinic._current.last = None  # nothing of this test's database for the next
