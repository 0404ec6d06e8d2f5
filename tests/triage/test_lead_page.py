"""The lead page: the future first, then what was; what they wrote stays sealed until somebody opens it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.models import Category, Clinic, Event, EventKind, Lead, Message, MessageKind, MessageState, ReadRecord, Stage, User
from leads.triage.decisions.actions import add_note, assign, change_stage, mark_contacted, mark_done, snooze, take_care
from leads.triage.lead import lead_page
from leads.triage.undo.undo import undo
from tests.cast import make_lead, vera_writes
from tests.triage.lead_page import page
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db
SECRET = "what nobody else may know"


@pytest.fixture
def vera(clinic: Clinic) -> Lead:
    return Lead.objects.get(reference=vera_writes(message=SECRET).reference)


def open_story(client: Client, lead: Lead) -> str:
    response = client.post(reverse("lead_story", args=[lead.reference]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", ["lead", "lead_story"])
def test_strangers_are_asked_to_sign_in(client: Client, lead: Lead, name: str) -> None:
    address = reverse(name, args=[lead.reference])
    assert (client.get if name == "lead" else client.post)(address).status_code == 302


@pytest.mark.parametrize("name", ["lead", "lead_story"])
def test_for_those_without_rights_there_is_no_lead(as_charlie: Client, lead: Lead, name: str) -> None:
    address = reverse(name, args=[lead.reference])
    assert (as_charlie.get if name == "lead" else as_charlie.post)(address).status_code == 404


def test_wrong_verbs_are_refused(as_bob: Client, lead: Lead) -> None:
    assert as_bob.post(reverse("lead", args=[lead.reference])).status_code == 405
    assert as_bob.put(reverse("lead_story", args=[lead.reference])).status_code == 405


def test_coming_back_to_what_they_wrote_is_the_lead_and_opens_nothing(as_bob: Client, vera: Lead) -> None:
    response = as_bob.get(reverse("lead_story", args=[vera.reference]))
    assert (response.status_code, response.headers["Location"]) == (302, reverse("lead", args=[vera.reference]))
    assert not ReadRecord.objects.exists()
    assert not vera.events.filter(kind=EventKind.STORY_READ).exists()


@pytest.mark.parametrize("reference", ["7K3M-92QX", "x", "1", "-"])
def test_an_unknown_reference_is_not_found(as_bob: Client, reference: str) -> None:
    assert as_bob.get(reverse("lead", args=[reference])).status_code == 404


def test_the_reference_of_a_later_enquiry_leads_here(as_bob: Client, vera: Lead) -> None:
    second = vera_writes(message="And one more.", address="198.51.100.9")
    assert as_bob.get(reverse("lead", args=[second.reference])).context["lead"] == vera


def test_it_is_kept_by_no_cache(as_bob: Client, lead: Lead) -> None:
    assert as_bob.get(reverse("lead", args=[lead.reference])).headers["Cache-Control"] == "no-store"


def test_the_story_is_sealed(as_bob: Client, vera: Lead) -> None:
    shown = page(as_bob, vera)
    assert SECRET not in shown
    assert "Sealed." in shown
    assert "Nobody has read it yet." in shown


def test_whoever_opens_the_story_is_recorded_and_shown(as_bob: Client, as_alice: Client, bob: User, vera: Lead) -> None:
    assert SECRET in open_story(as_bob, vera)
    record = ReadRecord.objects.get()
    assert (record.user, record.page, record.fields, record.leads) == (bob, "lead_story", "story", [vera.pk])
    shown = page(as_alice, vera)
    assert SECRET not in shown
    assert "Read by Bob" in shown


def test_who_read_an_earlier_message_has_not_read_the_next(as_bob: Client, as_alice: Client, vera: Lead) -> None:
    open_story(as_bob, vera)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        vera_writes(message="And one more.", address="198.51.100.9")
        newer, older = page(as_alice, vera).split("Enquiry received")[1:]
        assert "Nobody has read it yet." in newer
        assert "Read by Bob" in older
        both = open_story(as_alice, vera)
    newer, older = both.split("Enquiry received")[1:]
    assert "Bob" not in newer
    assert "Alice" in newer
    assert "Alice" in older
    assert "Bob" in older


def test_an_empty_message_is_told(as_bob: Client, clinic: Clinic) -> None:
    lead = Lead.objects.get(reference=vera_writes(message="").reference)
    assert "They left the message empty." in open_story(as_bob, lead)


def test_what_people_wrote_is_escaped(as_bob: Client, clinic: Clinic, bob: User) -> None:
    lead = Lead.objects.get(reference=vera_writes(name="<b>Vera", message="<script>x</script>").reference)
    add_note(by=bob, lead=lead, text="<img src=x>")
    shown = open_story(as_bob, lead)
    assert "<script>x" not in shown
    assert "<img src=x" not in shown
    assert "<b>Vera" not in shown


def test_one_page_is_one_row_of_the_audit(as_bob: Client, bob: User, vera: Lead) -> None:
    alike = make_lead(name="Vera's sister", email=vera.email)
    page(as_bob, vera)
    record = ReadRecord.objects.get()
    assert (record.user, record.page, record.fields, record.leads) == (bob, "lead", "details", [vera.pk, alike.pk])


def test_possibly_the_same_person_is_linked(as_bob: Client, vera: Lead) -> None:
    alike = make_lead(name="Nora Lind", email=vera.email)
    shown = page(as_bob, vera)
    assert "Possibly the same person" in shown
    assert reverse("lead", args=[alike.reference]) in shown


def test_who_may_be_the_same_person_is_shown_only_to_whom_they_are_visible(bob: User, charlie: User, vera: Lead) -> None:
    alike = make_lead(name="Nora Lind", email=vera.email)
    assert lead_page.page(bob, vera)[1] == [vera, alike]
    assert lead_page.page(charlie, vera)[1] == [vera]


def test_the_future_comes_first_and_can_be_stopped(as_bob: Client, vera: Lead) -> None:
    shown = page(as_bob, vera)
    assert shown.index("Follow-up 1 of 3") < shown.index("Enquiry received")
    assert f'formaction="{reverse("lead_followup_remove", args=[vera.reference])}">Stop' in shown


def mail(lead: Lead, **fields: object) -> Message:
    return Message.objects.create(lead=lead, to_address=lead.email, kind=MessageKind.FOLLOWUP, enrolment=lead.enrolments.get(), **fields)


@pytest.mark.parametrize(("state", "reason", "words"), [
    (MessageState.SENT, "", "Follow-up 2 of 3</strong> sent"),
    (MessageState.SUPPRESSED, "opted_out", "not sent: they asked us to stop"),
    (MessageState.SUPPRESSED, "bounced", "not sent: the address does not exist"),
    (MessageState.CANCELLED, "stage", "taken back: the stage changed"),
    (MessageState.FAILED, "550", "failed: the mail server refused it"),
    (MessageState.UNKNOWN, "", "in doubt: it may or may not have arrived"),
    (MessageState.SENDING, "", "is being sent"),
])  # fmt: skip
def test_every_mail_is_explained(as_bob: Client, vera: Lead, state: str, reason: str, words: str) -> None:
    mail(vera, step=2, state=state, reason=reason)
    assert words in page(as_bob, vera)


HISTORY: dict[str, Callable[[Lead, User], object]] = {
    "Moved from New to Consultation booked": lambda lead, bob: change_stage(by=bob, lead=lead, stage=Stage.objects.first_of("booked")),
    "Contact logged": lambda lead, bob: mark_contacted(by=bob, lead=lead),
    "Done for now, check back": lambda lead, bob: mark_done(by=bob, lead=lead),
    "Snoozed until": lambda lead, bob: snooze(by=bob, lead=lead, until=timezone.now() + timedelta(days=3)),
    "Assigned to Bob": lambda lead, bob: assign(by=bob, lead=lead, owner=bob),
    "Prefers mornings.": lambda lead, bob: add_note(by=bob, lead=lead, text="Prefers mornings."),
    "Follow-up stopped: the stage changed": lambda lead, bob: change_stage(by=bob, lead=lead, stage=Stage.objects.first_of("won")),
    "Undid the logged contact": lambda lead, bob: (mark_contacted(by=bob, lead=lead), undo(by=bob, lead=lead, noun="contacted")),
}


@pytest.mark.parametrize("words", HISTORY)
def test_history_is_told_in_words(as_bob: Client, vera: Lead, bob: User, words: str) -> None:
    HISTORY[words](vera, bob)
    assert words in page(as_bob, vera)


@pytest.mark.parametrize("kind", EventKind.values)
def test_every_kind_of_event_has_words_whatever_it_holds(as_bob: Client, lead: Lead, kind: str) -> None:
    Event.objects.create(lead=lead, kind=kind, data={})
    page(as_bob, lead)


def test_a_fresh_change_can_be_undone_from_the_history(as_bob: Client, vera: Lead, bob: User) -> None:
    mark_done(by=bob, lead=vera)
    address = reverse("lead_done_remove", args=[vera.reference])
    assert address in page(as_bob, vera)
    undo(by=bob, lead=vera, noun="done")
    assert address not in page(as_bob, vera)


def test_read_first_says_what_to_do(as_bob: Client, clinic: Clinic, bob: User) -> None:
    lead = make_lead(read_first=True)
    assert "I have this" in page(as_bob, lead)
    take_care(by=bob, lead=lead)
    assert "Read this first" not in page(as_bob, lead)


@pytest.mark.parametrize(("sign", "said"), [
    ("honeypot", "A field that people don’t see was filled in."),
    ("no_token", "It did not come from our contact page."),
    ("bad_token", "The page that it came from was not ours, or older than a day."),
    ("limit_address_600", "Many enquiries came from one place."),
])  # fmt: skip
def test_in_check_says_why_and_offers_nothing_else(as_bob: Client, clinic: Clinic, sign: str, said: str) -> None:
    lead = Lead.objects.get(reference=vera_writes(suspicions=[sign]).reference)
    shown = page(as_bob, lead)
    assert said in shown
    assert "Mark contacted" not in shown
    assert reverse("lead_stage", args=[lead.reference]) not in shown


def test_a_closed_lead_can_only_be_moved(as_bob: Client, clinic: Clinic) -> None:
    lead = make_lead(category=Category.CLOSED)
    shown = page(as_bob, lead)
    assert "Mark contacted" not in shown
    assert reverse("lead_stage", args=[lead.reference]) in shown


def test_consent_and_source_are_plain_sentences(as_bob: Client, vera: Lead) -> None:
    shown = page(as_bob, vera)
    assert "We may reply (agreed" in shown
    assert "Up to 3 follow-up emails (agreed" in shown
    assert "Contact form" in shown


def test_a_number_is_shown_in_groups(as_bob: Client, clinic: Clinic) -> None:
    lead = make_lead(phone="+12125550104")
    shown = page(as_bob, lead)
    assert "+1 212-555-0104" in shown
    assert 'href="tel:+12125550104"' in shown


def test_the_number_of_queries_does_not_grow(as_bob: Client, bob: User, vera: Lead) -> None:
    address = reverse("lead", args=[vera.reference])
    few = queries(as_bob, address)
    for number in range(20):
        add_note(by=bob, lead=vera, text=f"{number}")
        make_lead(name=f"{number}", email=vera.email)
    assert queries(as_bob, address) == few <= 16  # one of them what this person typed and did not save
