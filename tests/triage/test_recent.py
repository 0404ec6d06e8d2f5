"""What somebody changed in the last ten minutes: a list, and its newest taken back from anywhere, after a reload, too."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.followup import actions as followup
from leads.followup.contact import write_down_how_to_reach
from leads.models import (
    Attention,
    ContactRule,
    Event,
    EventKind,
    Lead,
    PrivacyRequest,
    ReadRecord,
    Stage,
    User,
)
from leads.triage.bulk.recent import changes_of
from leads.triage.decisions.actions import add_note, assign, change_stage, finish_request, mark_done, snooze
from leads.triage.decisions.recording import Conflict
from leads.triage.undo.undo import undo
from tests.cast import make_lead, vera_writes
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db
WISHES = {
    "channels": ["call"], "times": [], "days": "any", "may_leave_voicemail": True, "may_say_name": False, "phone": "", "email": "",
}  # fmt: skip


def undo_newest(client: Client) -> Any:
    """As a browser does: it goes with the same POST to where the answer sends it."""
    return client.post(reverse("changes_remove"), {"next": reverse("inbox")}, follow=True)


def said(response: Any) -> str:
    page: str = response.content.decode()
    return page


def test_the_newest_is_taken_back_first(as_bob: Client, bob: User, lead: Lead) -> None:
    assign(by=bob, lead=lead, owner=bob)
    mark_done(by=bob, lead=lead)
    undo_newest(as_bob)
    lead.refresh_from_db()
    assert (lead.attention, lead.owner) == (Attention.NEEDS_US, bob)
    undo_newest(as_bob)
    lead.refresh_from_db()
    assert lead.owner is None


def test_a_get_takes_nothing_back(as_bob: Client, bob: User, lead: Lead) -> None:
    mark_done(by=bob, lead=lead)
    assert as_bob.get(reverse("changes_remove")).status_code == 405
    lead.refresh_from_db()
    assert lead.attention == Attention.DONE


def test_what_a_colleague_changed_is_not_mine(as_bob: Client, alice: User, lead: Lead) -> None:
    mark_done(by=alice, lead=lead)
    assert "nothing of yours to undo" in said(undo_newest(as_bob))
    lead.refresh_from_db()
    assert lead.attention == Attention.DONE


def test_a_colleagues_newer_change_of_the_same_is_left_alone_and_named(bob: User, alice: User, lead: Lead) -> None:
    first = change_stage(by=bob, lead=lead, stage=Stage.objects.get(slug="contacted"))
    change_stage(by=alice, lead=lead, stage=Stage.objects.get(slug="booked"))
    [change] = changes_of(bob, timezone.now())
    assert (change.undo, change.since) == ("", alice)
    assert first is not None
    with pytest.raises(Conflict, match="Alice"):
        undo(by=bob, lead=lead, noun="stage", change=str(first.pk))
    lead.refresh_from_db()
    assert lead.stage.slug == "booked"


def test_another_noun_of_a_colleagues_stands_in_the_way_and_is_named(bob: User, alice: User, lead: Lead) -> None:
    mark_done(by=bob, lead=lead)
    snooze(by=alice, lead=lead, until=timezone.now() + timedelta(days=1))
    [change] = changes_of(bob, timezone.now())
    assert (change.undo, change.since) == ("", alice)


def test_after_ten_minutes_nothing_is_offered(bob: User, lead: Lead) -> None:
    mark_done(by=bob, lead=lead)
    assert changes_of(bob, timezone.now() + timedelta(minutes=11)) == []


def test_undone_is_not_offered_again(bob: User, lead: Lead) -> None:
    mark_done(by=bob, lead=lead)
    undo(by=bob, lead=lead, noun="done")
    assert changes_of(bob, timezone.now()) == []


def test_whoever_lost_their_rights_is_offered_nothing(bob: User, lead: Lead) -> None:
    mark_done(by=bob, lead=lead)
    bob.role = "none"
    assert changes_of(bob, timezone.now()) == []


def test_a_hold_is_released_and_that_is_no_change_of_its_own(as_bob: Client, bob: User, lead: Lead) -> None:
    followup.hold(lead=lead, by=bob)
    undo_newest(as_bob)
    lead.refresh_from_db()
    assert lead.held_at is None
    assert changes_of(bob, timezone.now()) == []


def test_a_follow_up_that_was_stopped_by_hand_is_resumed(as_bob: Client, bob: User, clinic: object) -> None:
    lead = Lead.objects.get(reference=vera_writes().reference)
    as_bob.post(reverse("lead_followup_remove", args=[lead.reference]))
    undo_newest(as_bob)
    assert lead.enrolments.get().state == "running"


def test_a_stop_that_a_contact_brought_along_is_no_change_of_its_own(as_bob: Client, bob: User, clinic: object) -> None:
    lead = Lead.objects.get(reference=vera_writes().reference)
    as_bob.post(reverse("lead_contacted", args=[lead.reference]))
    assert [change.event.kind for change in changes_of(bob, timezone.now())] == [EventKind.CONTACTED]
    undo_newest(as_bob)
    assert lead.enrolments.get().state == "running"
    assert changes_of(bob, timezone.now()) == []


def test_spam_is_put_back(as_bob: Client, clinic: object) -> None:
    lead = Lead.objects.get(reference=vera_writes(suspicions=["honeypot"]).reference)
    as_bob.post(reverse("lead_spam", args=[lead.reference]))
    undo_newest(as_bob)
    lead.refresh_from_db()
    assert lead.screening == "check"


def test_a_note_is_taken_back_by_its_author_and_its_words_go(as_bob: Client, bob: User, alice: User, lead: Lead) -> None:
    note = add_note(by=bob, lead=lead, text="Meant for somebody else.")
    with pytest.raises(Conflict, match="Only who wrote it"):
        undo(by=alice, lead=lead, noun="note")
    undo_newest(as_bob)
    note = Event.objects.get(pk=note.pk)
    assert note.text is None
    assert lead.events.filter(kind=EventKind.UNDONE).exists()
    page = as_bob.get(reverse("lead", args=[lead.reference])).content.decode()
    assert "A note that was taken back" in page
    assert "Meant for somebody else." not in page


def test_only_the_author_sees_undo_beside_a_note(as_bob: Client, as_alice: Client, bob: User, lead: Lead) -> None:
    add_note(by=bob, lead=lead, text="Prefers mornings.")
    address = reverse("lead_note_remove", args=[lead.reference])
    assert address in as_bob.get(reverse("lead", args=[lead.reference])).content.decode()
    assert address not in as_alice.get(reverse("lead", args=[lead.reference])).content.decode()


def test_a_request_about_their_data_is_opened_again(bob: User, lead: Lead) -> None:
    request = PrivacyRequest.objects.create(lead=lead, kind="copy")
    Lead.objects.filter(pk=lead.pk).update(next_action="privacy_request", due_at=request.due_at)
    finish_request(by=bob, lead=lead, kind="copy")
    undo(by=bob, lead=lead, noun="privacy_request")
    request.refresh_from_db()
    lead.refresh_from_db()
    assert (request.done_at, lead.next_action, lead.attention) == (None, "privacy_request", Attention.NEEDS_US)


def test_a_request_that_was_asked_again_stays_done(bob: User, lead: Lead) -> None:
    PrivacyRequest.objects.create(lead=lead, kind="copy")
    finish_request(by=bob, lead=lead, kind="copy")
    PrivacyRequest.objects.create(lead=lead, kind="copy")
    with pytest.raises(Conflict, match="changed since"):
        undo(by=bob, lead=lead, noun="privacy_request")


def test_what_they_told_me_is_taken_back_and_what_held_before_holds(bob: User, lead: Lead) -> None:
    ContactRule.objects.create(lead=lead, channels=["email"], used_at=timezone.now() - timedelta(days=1))
    write_down_how_to_reach(lead=lead, wishes=WISHES, by=bob)
    assert Lead.objects.get(pk=lead.pk).no_email
    undo(by=bob, lead=lead, noun="contact_rule")
    lead.refresh_from_db()
    assert (lead.no_email, lead.may_leave_voicemail) == (False, False)
    assert lead.contact_rules.in_use().get().channels == ["email"]


def test_a_new_number_has_no_way_back(bob: User, lead: Lead) -> None:
    write_down_how_to_reach(lead=lead, wishes=WISHES | {"phone": "+15550100123"}, by=bob)
    assert changes_of(bob, timezone.now()) == []
    assert "+1555" not in str([event.data for event in lead.events.all()])


def test_the_list_says_what_and_whom_and_is_recorded(as_bob: Client, bob: User, alice: User, lead: Lead) -> None:
    mark_done(by=bob, lead=lead)
    other = make_lead(name="Else", email="else@example.com")
    mark_done(by=bob, lead=other)
    snooze(by=alice, lead=other, until=timezone.now() + timedelta(days=1))
    page = as_bob.get(reverse("changes")).content.decode()
    assert "Vera Lind" in page
    assert "Alice changed it since." in page
    assert page.count("/done/remove/?change=") == 1
    assert set(ReadRecord.objects.get(page="changes").leads) == {lead.pk, other.pk}


def test_an_empty_list_says_so(as_bob: Client, clinic: object) -> None:
    assert "Nothing to undo." in as_bob.get(reverse("changes")).content.decode()


def test_the_list_costs_the_same_however_long_it_is(as_bob: Client, bob: User, lead: Lead) -> None:
    mark_done(by=bob, lead=lead)
    one = queries(as_bob, reverse("changes"))
    for n in range(12):
        mark_done(by=bob, lead=make_lead(name=f"Person {n}", email=f"{n}@example.com"))
    assert queries(as_bob, reverse("changes")) == one
