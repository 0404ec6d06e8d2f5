"""Every noun of a lead on the desk: POST changes it, says so with an Undo, and goes back to where one was."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.models import Attention, Category, Clinic, EnrolmentState, EventKind, Lead, ReadRecord, Sequence, User
from tests.cast import make_lead, vera_writes
from tests.triage.lead_page import said, url

pytestmark = pytest.mark.django_db

CHANGES = {
    "stage": {"stage": "booked"},
    "contacted": {},
    "done": {},
    "snooze": {"until": "tomorrow"},
    "assignment": {"owner": ""},
    "care": {},
    "notes": {"text": "Prefers mornings."},
    "hold": {},
    "hold_remove": {},
    "followup": {},
    "followup_remove": {},
    "call": {"outcome": "spoke"},
    **{f"{noun}_remove": {} for noun in ("stage", "contacted", "done", "snooze", "assignment", "care", "call")},
}


def test_what_was_said_is_kept_here_and_not_in_the_browser(as_bob: Client, lead: Lead) -> None:
    as_bob.post(url("done", lead))
    assert set(as_bob.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    assert "Undo" in as_bob.get(reverse("inbox")).content.decode()


@pytest.mark.parametrize("noun", CHANGES)
def test_a_change_is_a_post(as_bob: Client, lead: Lead, noun: str) -> None:
    assert as_bob.get(url(noun, lead)).status_code == 405


@pytest.mark.parametrize("noun", CHANGES)
def test_strangers_are_asked_to_sign_in(client: Client, lead: Lead, noun: str) -> None:
    response = client.post(url(noun, lead), CHANGES[noun])
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))
    assert not lead.events.exists()


@pytest.mark.parametrize("noun", CHANGES)
def test_for_those_without_rights_there_is_no_lead(as_charlie: Client, lead: Lead, noun: str) -> None:
    assert as_charlie.post(url(noun, lead), CHANGES[noun]).status_code == 404
    assert not lead.events.exists()


@pytest.mark.parametrize("noun", CHANGES)
def test_an_unknown_lead_is_not_found(as_bob: Client, noun: str) -> None:
    assert as_bob.post(reverse(f"lead_{noun}", args=["7K3M-92QX"]), CHANGES[noun]).status_code == 404


@pytest.mark.parametrize("noun", CHANGES)
def test_each_ends_where_one_was(as_bob: Client, lead: Lead, noun: str) -> None:
    response = as_bob.post(url(noun, lead), CHANGES[noun] | {"next": "/desk/?view=mine"})
    assert (response.status_code, response.headers["Location"]) == (303, "/desk/?view=mine")


@pytest.mark.parametrize("target", ["https://evil.example/desk/", "//evil.example/desk/", "/contact/", "/desk\\@evil.example", ""])
def test_it_leads_nowhere_else(as_bob: Client, lead: Lead, target: str) -> None:
    response = as_bob.post(url("done", lead), {"next": target})
    assert response.headers["Location"] == reverse("lead", args=[lead.reference])


def test_the_stage_moves(as_bob: Client, lead: Lead, bob: User) -> None:
    response = as_bob.post(url("stage", lead), {"stage": "booked"})
    lead.refresh_from_db()
    assert lead.category == Category.BOOKED
    assert said(response) == ["Moved to Consultation booked."]
    assert lead.events.get(kind=EventKind.STAGE).by == bob


@pytest.mark.parametrize(("noun", "data", "sentence"), [
    ("stage", {}, "Choose a stage."),
    ("stage", {"stage": "nonsense"}, "Choose one of the stages."),
    ("stage", {"stage": "\x00"}, "Null characters are not allowed."),
    ("assignment", {"owner": "nonsense"}, "Choose one of your colleagues."),
    ("assignment", {"owner": "987654"}, "Choose one of your colleagues."),
    ("assignment", {"owner": "99999999999999999999"}, "Choose one of your colleagues."),
    ("snooze", {}, "Choose until when."),
    ("snooze", {"until": "nonsense"}, "Choose until when."),
    ("snooze", {"until": "day"}, "Choose until when."),
    ("snooze", {"until": "day", "day": "nonsense"}, "Enter a date like 2026-06-30."),
    ("snooze", {"until": "day", "day": "2020-01-01"}, "Choose a time in the future."),
    ("snooze", {"until": "day", "day": "9999-12-31"}, "Choose a day within the next two years."),
    ("notes", {"text": " "}, "Write the note first."),
    ("followup", {}, "There is no follow-up to resume."),
    ("followup_remove", {}, "No follow-up is under way."),
    ("stage_remove", {}, "There is nothing to undo. A change can be undone for ten minutes."),
])  # fmt: skip
def test_a_mistake_is_one_sentence_and_changes_nothing(as_bob: Client, lead: Lead, noun: str, data: dict[str, str], sentence: str) -> None:
    response = as_bob.post(url(noun, lead), data)
    assert (response.status_code, said(response)) == (303, [sentence])
    assert not lead.events.exists()


def test_the_undo_stands_in_the_toast_and_works(as_bob: Client, lead: Lead) -> None:
    page = as_bob.post(url("contacted", lead), {}, follow=True).content.decode()
    assert f'action="{url("contacted_remove", lead)}"' in page
    as_bob.post(url("contacted_remove", lead))
    lead.refresh_from_db()
    assert (lead.category, lead.attention) == (Category.NEW, Attention.NEEDS_US)


def test_the_toast_names_nobody(as_bob: Client, lead: Lead) -> None:
    response = as_bob.post(url("contacted", lead))
    assert "Vera" not in response.cookies.output()


def test_contact_goes_on_to_who_waits_longest(as_bob: Client, lead: Lead) -> None:
    now = timezone.now()
    make_lead(name="Later", email="later@example.com", due_at=now + timedelta(hours=3))
    longest = make_lead(name="Longest", email="longest@example.com", due_at=now - timedelta(hours=3))
    response = as_bob.post(url("contacted", lead), {"next": "next-lead"})
    assert response.headers["Location"] == reverse("lead", args=[longest.reference])


def test_after_the_last_one_there_is_the_inbox(as_bob: Client, lead: Lead) -> None:
    response = as_bob.post(url("done", lead), {"next": "next-lead"})
    assert response.headers["Location"] == reverse("inbox")


@pytest.mark.parametrize("code", ["tomorrow", "next_week"])
def test_a_snooze_ends_in_opening_hours(as_bob: Client, lead: Lead, clinic: Clinic, code: str) -> None:
    as_bob.post(url("snooze", lead), {"until": code})
    lead.refresh_from_db()
    assert lead.attention == Attention.SNOOZED
    assert lead.snoozed_until is not None
    assert lead.snoozed_until > timezone.now()


@pytest.mark.parametrize(("code", "sentence"), [("later", "Snoozed until today 1 p.m."), ("tomorrow", "Snoozed until tomorrow 9 a.m.")])
def test_a_snooze_is_told_with_one_full_stop(as_bob: Client, lead: Lead, code: str, sentence: str) -> None:
    with time_machine.travel("2026-06-01T10:00:00-04:00", tick=False):
        assert said(as_bob.post(url("snooze", lead), {"until": code})) == [sentence]


def test_a_day_means_its_morning(as_bob: Client, lead: Lead) -> None:
    day = (timezone.now() + timedelta(days=30)).date()
    as_bob.post(url("snooze", lead), {"until": "day", "day": day.isoformat()})
    lead.refresh_from_db()
    assert lead.due_at is not None
    assert lead.due_at.date() == day


def test_a_colleague_gets_it(as_bob: Client, lead: Lead, alice: User) -> None:
    response = as_bob.post(url("assignment", lead), {"owner": alice.pk})
    lead.refresh_from_db()
    assert (lead.owner, said(response)) == (alice, ["Assigned to Alice."])


def test_nobody_without_rights_gets_it(as_bob: Client, lead: Lead, charlie: User) -> None:
    assert said(as_bob.post(url("assignment", lead), {"owner": charlie.pk})) == ["Choose one of your colleagues."]


def test_a_note_is_kept(as_bob: Client, lead: Lead) -> None:
    as_bob.post(url("notes", lead), {"text": "Prefers mornings."})
    assert lead.events.get(kind=EventKind.NOTE).text == "Prefers mornings."


def test_i_have_this(as_bob: Client, clinic: Clinic) -> None:
    lead = make_lead(read_first=True)
    as_bob.post(url("care", lead))
    lead.refresh_from_db()
    assert not lead.read_first


def test_follow_up_stops_and_goes_on(as_bob: Client, clinic: Clinic) -> None:
    lead = Lead.objects.get(reference=vera_writes().reference)
    assert Sequence.objects.filter(enrolments__lead=lead).exists()
    as_bob.post(url("followup_remove", lead))
    assert lead.enrolments.get().state == EnrolmentState.STOPPED
    as_bob.post(url("followup", lead))
    assert lead.enrolments.get().state == EnrolmentState.RUNNING


def test_moving_stops_follow_up_and_undo_resumes_it(as_bob: Client, clinic: Clinic) -> None:
    lead = Lead.objects.get(reference=vera_writes().reference)
    as_bob.post(url("stage", lead), {"stage": "booked"})
    assert lead.enrolments.get().state == EnrolmentState.STOPPED
    as_bob.post(url("stage_remove", lead))
    assert lead.enrolments.get().state == EnrolmentState.RUNNING


def test_automation_is_held_and_released(as_bob: Client, lead: Lead) -> None:
    as_bob.post(url("hold", lead))
    lead.refresh_from_db()
    assert lead.held_at is not None
    as_bob.post(url("hold_remove", lead))
    lead.refresh_from_db()
    assert lead.held_at is None


def test_what_is_in_check_is_released_first(as_bob: Client, clinic: Clinic) -> None:
    lead = make_lead(screening="check")
    assert said(as_bob.post(url("contacted", lead))) == ["This enquiry has not been released. Release it first."]


def test_a_change_shows_no_lead(as_bob: Client, lead: Lead) -> None:
    as_bob.post(url("done", lead))
    assert not ReadRecord.objects.exists()
