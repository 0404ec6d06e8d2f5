"""Staff type in calls and visits, and decide about what waits in Check."""

import pytest
from django.test import Client

from leads.models import Counter, Enquiry, Lead, Message, User
from tests.capture.page import fields_of
from tests.cast import vera_writes

URL = "/desk/enquiries/add/"
CALL = {"channel": "phone", "name": "Vera Lind", "email": "vera@example.com", "message": "Asked about prices.", "consent_reply": "on"}


@pytest.fixture
def suspect(db: None) -> Lead:
    vera_writes(suspicions=["honeypot"])
    return Lead.objects.get()


def test_a_call_becomes_a_lead_like_any_other(as_bob: Client, bob: User) -> None:
    response = as_bob.post(URL, CALL)
    enquiry = Enquiry.objects.get()
    assert (enquiry.channel, enquiry.added_by, enquiry.screening) == ("phone", bob, "accepted")
    assert response["Location"] == f"/desk/leads/{enquiry.reference}/"
    assert Message.objects.get().kind == "acknowledgement"


def test_who_speaks_spanish_is_thanked_in_spanish(as_bob: Client) -> None:
    as_bob.post(URL, CALL | {"language": "es"})
    assert (Lead.objects.get().language, Enquiry.objects.get().language, Message.objects.get().language) == ("es", "es", "es")


@pytest.mark.parametrize("language", [{}, {"language": ""}, {"language": "en"}])
def test_without_a_choice_it_is_the_clinics_language(as_bob: Client, language: dict[str, str]) -> None:
    assert fields_of(as_bob.get(URL))["language"] == "en"
    as_bob.post(URL, CALL | language)
    assert Enquiry.objects.get().language == "en"


def test_a_language_that_we_do_not_write_is_a_mistake(as_bob: Client) -> None:
    response = as_bob.post(URL, CALL | {"language": "xx"})
    assert response.status_code == 400
    assert "Choose one of the languages" in response.content.decode()


def test_a_double_click_adds_it_once(as_bob: Client) -> None:
    token = as_bob.get(URL).context["token"]
    for _ in range(2):
        as_bob.post(URL, CALL | {"token": token})
    assert Enquiry.objects.count() == 1


def test_no_limit_stands_in_the_way_of_colleagues(as_bob: Client) -> None:
    for number in range(8):
        as_bob.post(URL, CALL | {"message": f"Call {number}"})
    assert Lead.objects.accepted().get().enquiries.count() == 8
    assert not Counter.objects.exists()


def test_a_mistake_keeps_what_was_typed(as_bob: Client) -> None:
    response = as_bob.post(URL, CALL | {"name": ""})
    assert response.status_code == 400
    assert b"Asked about prices." in response.content
    assert not Enquiry.objects.exists()


def test_a_suspect_is_released(as_bob: Client, suspect: Lead) -> None:
    as_bob.post(f"/desk/leads/{suspect.reference}/release/")
    assert Lead.objects.accepted().exists()


def test_or_marked_as_spam(as_bob: Client, suspect: Lead) -> None:
    as_bob.post(f"/desk/leads/{suspect.reference}/spam/")
    assert Lead.objects.get().screening == "spam"


def test_the_toast_offers_to_undo_it_and_so_does_the_history(as_bob: Client, suspect: Lead) -> None:
    undo = f"/desk/leads/{suspect.reference}/spam/remove/"
    page = as_bob.post(f"/desk/leads/{suspect.reference}/spam/", follow=True).content.decode()
    assert page.count(f'formaction="{undo}"') == 2
    page = as_bob.post(undo, follow=True).content.decode()
    assert Lead.objects.in_check().exists()
    assert "Put back into Check" in page
    assert undo not in page


def test_undoing_what_was_released_meanwhile_says_so(as_bob: Client, suspect: Lead) -> None:
    as_bob.post(f"/desk/leads/{suspect.reference}/spam/")
    as_bob.post(f"/desk/leads/{suspect.reference}/release/")
    page = as_bob.post(f"/desk/leads/{suspect.reference}/spam/remove/", follow=True).content.decode()
    assert "This enquiry is not marked as spam." in page


NOUNS = ["release", "spam", "spam/remove"]


@pytest.mark.parametrize("noun", NOUNS)
def test_looking_changes_nothing(as_bob: Client, suspect: Lead, noun: str) -> None:
    assert as_bob.get(f"/desk/leads/{suspect.reference}/{noun}/").status_code == 405


@pytest.mark.parametrize("noun", NOUNS)
def test_without_rights_it_does_not_exist(as_charlie: Client, suspect: Lead, noun: str) -> None:
    assert as_charlie.get(URL).status_code == 404
    assert as_charlie.post(f"/desk/leads/{suspect.reference}/{noun}/").status_code == 404
    assert Lead.objects.in_check().exists()
