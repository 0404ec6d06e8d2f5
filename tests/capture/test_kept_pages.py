"""A page kept from an earlier visitor must be just like a new one, and never carry anything of theirs."""

import pytest
from django.test import Client

from leads.capture import kept
from leads.models import Clinic
from tests.capture.page import fields_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/privacy/", "/?lang=es"])
def test_the_second_is_like_the_first(client: Client, path: str) -> None:
    kept._pages.clear()
    assert client.get(path).content == client.get(path).content
    assert len(kept._pages) == 1


def test_each_visitor_gets_a_token_of_their_own(client: Client) -> None:
    first, second = fields_of(client.get("/contact/")), fields_of(client.get("/contact/"))
    assert first["token"] != second["token"]
    assert ":" in first["token"]


def test_a_change_of_the_clinic_shows_at_once(client: Client) -> None:
    client.get("/contact/")
    Clinic.objects.update(crisis_line="113")
    assert b'href="tel:113"' in client.get("/contact/").content


def test_what_led_one_visitor_here_is_not_shown_to_the_next(client: Client) -> None:
    client.get("/", {"utm_source": "radio"}, headers={"referer": "https://search.example/"})
    page = client.get("/").content
    assert b"radio" not in page
    assert b"search.example" not in page


def test_it_does_not_grow(client: Client) -> None:
    for number in range(kept.MOST + 5):
        Clinic.objects.update(name=f"Clinic {number}")
        client.get("/privacy/")
    assert len(kept._pages) <= kept.MOST
