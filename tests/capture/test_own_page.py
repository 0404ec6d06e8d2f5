"""The visitor's own page tells how things stand, and nothing about the person."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from leads.capture.actions import mark_spam, release
from leads.models import Category, Enquiry, Lead, Stage, Suppression, User
from leads.triage.decisions import actions as triage
from tests.capture.visiting import from_mail, from_thanks, look, press, visitor, without_tokens
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db

GONE = "This link has run out"


def vera_wrote(**typed: Any) -> Lead:
    return Lead.objects.get(reference=vera_writes(**typed).reference)


def test_it_says_when_we_will_answer_on_the_clinics_clock() -> None:
    lead = vera_wrote()
    Enquiry.objects.update(promise_at="2036-11-24 16:15Z")
    page = look(from_mail(lead))
    assert "We have your message" in page
    assert "Monday 24 November, 11:15 am</strong> (EST)" in page


def test_it_shows_nothing_of_the_person_nor_of_what_they_wrote() -> None:
    lead = vera_wrote(message="A secret.", topic="cost", phone="(555) 010-0123")
    for page in (look(from_mail(lead)), look(from_thanks())):
        for told in ("Lind", "vera", "secret", "Cost", "0123", lead.reference, "New"):
            assert told not in page


def test_a_promise_that_we_broke_is_not_denied() -> None:
    lead = vera_wrote()
    Enquiry.objects.update(promise_at=timezone.now() - timedelta(hours=1))
    assert "and we are late. You are not forgotten." in look(from_mail(lead))


def test_the_earliest_promise_that_is_open_counts() -> None:
    lead = vera_wrote()
    vera_writes(message="One more thing.")
    earlier, later = Enquiry.objects.order_by("received_at")
    Enquiry.objects.filter(pk=later.pk).update(promise_at="2036-11-25 16:15Z")
    Enquiry.objects.filter(pk=earlier.pk).update(promise_at="2036-11-24 16:15Z")
    assert "24 November" in look(from_mail(lead))


@pytest.mark.parametrize(
    ("happens", "heading"),
    [
        (lambda bob, lead: triage.mark_contacted(by=bob, lead=lead), "We have answered you"),
        (lambda bob, lead: triage.mark_done(by=bob, lead=lead), "A person has read your message"),
        (lambda bob, lead: move(bob, lead, Category.BOOKED), "We are in touch with you"),
        (lambda bob, lead: move(bob, lead, Category.WON), "We are in touch with you"),
        (lambda bob, lead: move(bob, lead, Category.CLOSED), "You can come back to us at any time"),
        (lambda bob, lead: triage.snooze(by=bob, lead=lead, until=timezone.now() + timedelta(days=9)), "We have your message"),
    ],
)
def test_it_follows_what_becomes_of_the_lead(bob: User, happens: Callable[[User, Lead], object], heading: str) -> None:
    lead = vera_wrote()
    happens(bob, lead)
    assert f"<h1>{heading}</h1>" in look(from_mail(lead))


def move(bob: User, lead: Lead, category: str) -> None:
    triage.change_stage(by=bob, lead=lead, stage=Stage.objects.first_of(category))


@pytest.mark.parametrize("spam", [False, True])
def test_what_waits_in_check_looks_like_any_other(bob: User, spam: bool) -> None:
    address = from_thanks(suspicions=["too_fast"])
    if spam:
        mark_spam(by=bob, lead=Lead.objects.get())
    assert "We have your message" in look(address)
    assert "A person will answer you by" in look(address)


def test_a_link_lasts_when_what_it_names_joins_another_lead(bob: User) -> None:
    known = vera_wrote()
    address = from_thanks(suspicions=["too_fast"], message="Me again.")
    release(by=bob, lead=Lead.objects.in_check().get())
    assert Lead.objects.get() == known
    assert "We have your message" in look(address)


def test_who_writes_in_her_name_learns_nothing_about_her(bob: User) -> None:
    """The thank-you page of a stranger who knows her name and address is that of a new visitor."""
    known = vera_wrote()
    move(bob, known, Category.WON)
    Suppression.objects.create(address="vera@example.com", reason="opted_out")
    of_known = look(from_thanks(message="Is she your patient?"))
    of_new = look(from_thanks(message="Is she your patient?", email="nora@example.com", name="Nora"))
    assert without_tokens(of_known) == without_tokens(of_new)


def test_nor_can_they_stop_anything() -> None:
    vera_wrote()
    address = from_thanks(message="Me again.")
    assert "emails have stopped" not in press(f"{address}stop/")
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("token", ["x", "a:b:c", "7K3M-92QX", "%C3%A9:é:x"])
@pytest.mark.parametrize("noun", ["", "stop/"])
def test_a_forged_link_gets_a_kind_page(clinic: object, token: str, noun: str) -> None:
    for answer in (visitor().get(f"/my/{token}/{noun}"), visitor().post(f"/my/{token}/{noun}")):
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert GONE in answer.content.decode()
        assert "988" in answer.content.decode()


def test_after_thirty_days_it_has_run_out() -> None:
    address = from_mail(vera_wrote())
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert GONE in look(address)


def test_from_the_thank_you_page_it_has_an_hour() -> None:
    address = from_thanks()
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert GONE in look(address)


def test_a_link_to_an_address_they_have_no_more_opens_nothing() -> None:
    lead = vera_wrote()
    address = from_mail(lead)
    Lead.objects.update(email="new@example.com")
    assert GONE in look(address)


def test_after_their_details_are_deleted_it_tells_what_any_old_link_tells() -> None:
    address = from_mail(vera_wrote())
    Lead.objects.all().delete()
    assert GONE in look(address)


def test_the_link_of_one_opens_nothing_of_another() -> None:
    theo = make_lead(name="Theo", email="theo@example.com", category=Category.WON)
    assert "We are in touch" in look(from_mail(theo))
    assert "We are in touch" not in look(from_mail(vera_wrote()))


class TestStoppingTheEmails:
    def test_one_press_and_at_once(self) -> None:
        lead = vera_wrote()
        page = press(f"{from_mail(lead)}stop/")
        assert "The emails have stopped." in page
        assert "You get no follow-up emails from us." in page
        assert lead.enrolments.get().stop_reason == "opted_out"

    def test_twice_is_as_good_as_once(self) -> None:
        lead = vera_wrote()
        for _ in range(2):
            press(f"{from_mail(lead)}stop/")
        assert Suppression.objects.count() == 1
        assert lead.events.filter(kind="opted_out").count() == 1

    def test_looking_stops_nothing(self) -> None:
        address = from_mail(vera_wrote())
        answer = visitor().get(f"{address}stop/")
        assert (answer.status_code, answer.headers["Location"]) == (303, address)
        assert not Suppression.objects.exists()

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_no_other_method(self, method: str) -> None:
        address = from_mail(vera_wrote())
        assert getattr(visitor(), method)(f"{address}stop/").status_code == 405
        assert not Suppression.objects.exists()


def test_it_speaks_the_language_that_was_chosen() -> None:
    address = from_mail(vera_wrote())
    page = look(f"{address}?lang=es&said=stopped")
    assert '<html lang="es"' in page
    assert f'action="{address}stop/?lang=es"' in page


def test_what_it_says_was_done_is_one_of_ours(clinic: object) -> None:
    assert 'role="status"' not in look(f"{from_mail(vera_wrote())}?said=<b>anything")
