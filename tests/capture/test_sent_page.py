"""The thank-you page: a reference, a real time, a masked address; for one hour."""

import re

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from leads.models import Clinic, Enquiry
from tests.capture.page import send

pytestmark = pytest.mark.django_db


def thanks(client: Client, **typed: str) -> str:
    with time_machine.travel("2026-03-02 15:10Z", tick=False):
        return client.get(send(client, typed).headers["Location"]).content.decode()


def test_it_tells_reference_time_and_masked_address(client: Client) -> None:
    page = thanks(client)
    assert "Thank you. We have your message" in page
    assert Enquiry.objects.get().reference in page
    assert "v•••@example.com" in page
    assert "vera@example.com" not in page


def test_the_promise_is_in_the_clinics_time_zone(client: Client) -> None:
    address = send(client).headers["Location"]
    Enquiry.objects.update(promise_at="2026-11-24 16:15Z")
    with time_machine.travel("2026-03-02 15:10Z", tick=False):
        page = client.get(address).content.decode()
    assert "Tuesday 24 November, 11:15 am" in page
    assert "(EST)" in page


def test_who_wants_a_call_sees_the_number(client: Client) -> None:
    assert "the number ending in 23" in thanks(client, phone="(555) 010-0123", reply_by="call")


def test_it_promises_no_button_that_is_not_there(client: Client) -> None:
    page = thanks(client)
    link = re.search(r'href="(/my/[\w:-]+/contact/)">Change it</a>', page)
    assert link
    with time_machine.travel("2026-03-02 15:10Z", tick=False):
        assert "How and when we reach you" in client.get(link[1]).content.decode()
    assert "The email we send you has a link to a page of your own" in page


def test_a_reload_changes_nothing(client: Client) -> None:
    with time_machine.travel("2026-03-02 15:10Z", tick=False):
        address = send(client).headers["Location"]
        assert client.get(address).content == client.get(address).content
    assert Enquiry.objects.count() == 1


def test_nothing_of_it_is_stored_on_the_way_or_readable_in_the_address(client: Client) -> None:
    with time_machine.travel("2026-03-02 15:10Z", tick=False):
        address = send(client).headers["Location"]
        assert client.get(address).headers["Cache-Control"] == "no-store"
    assert "vera" not in address.lower()
    assert Enquiry.objects.get().reference not in address


def test_words_of_crisis_put_help_first_and_nothing_says_why(client: Client) -> None:
    page = thanks(client, message="I want to end my life.")
    assert page.index("get help now") < page.index("<h1>")
    assert "detect" not in page


def test_without_them_the_line_stands_below(client: Client) -> None:
    page = thanks(client)
    assert "get help now" not in page
    assert 'href="tel:988"' in page


@pytest.mark.parametrize("address", ["/contact/sent/x/", "/contact/sent/a:b:c/"])
def test_a_forged_address_gets_a_kind_page(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert "This page has closed" in response.content.decode()


def test_after_an_hour_it_has_closed(client: Client) -> None:
    address = send(client).headers["Location"]
    with time_machine.travel("2026-03-02 16:31Z", tick=False):
        page = client.get(address).content.decode()
    assert "This page has closed" in page
    assert "988" in page


def test_while_the_database_is_away_it_still_says_thank_you(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = send(client).headers["Location"]

    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError

    monkeypatch.setattr(Clinic.objects, "get", away)
    monkeypatch.setattr(Enquiry.objects, "filter", away)
    with time_machine.travel("2026-03-02 15:10Z", tick=False):
        page = client.get(address).content.decode()
    assert "Thank you. We have your message" in page
    assert "reference" in page  # in "with your reference"
