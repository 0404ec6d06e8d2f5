"""Suspicion files an enquiry under Check with the same answer; it never refuses."""

import pytest
import time_machine
from django.test import Client

from leads.capture import token
from leads.models import Enquiry, Lead
from tests.capture.page import VERA, fields_of, send
from tests.capture.visiting import without_tokens

pytestmark = pytest.mark.django_db


def reasons() -> list[str]:
    reasons: list[str] = Enquiry.objects.get().screening_reasons
    return reasons


def test_a_human_pause_is_enough(client: Client) -> None:
    send(client, after=3.1)
    assert Lead.objects.accepted().exists()


def test_too_fast(client: Client) -> None:
    assert send(client, after=1).status_code == 303
    assert reasons() == ["too_fast"]


def test_a_filled_trap(client: Client) -> None:
    assert send(client, website="https://example.com").status_code == 303
    assert reasons() == ["honeypot"]


def test_no_token(client: Client) -> None:
    assert client.post("/contact/", VERA).status_code == 303
    assert reasons() == ["no_token"]


@pytest.mark.parametrize("bad", ["forged", "a:b:c", "é" * 50, ".eJw:1:x"])
def test_a_forged_token_is_asked_again_once_with_everything_kept(client: Client, bad: str) -> None:
    response = client.post("/contact/", VERA | {"token": bad})
    assert response.status_code == 200
    assert not Enquiry.objects.exists()
    page = response.content.decode()
    assert "Everything you typed is still here" in page
    assert VERA["message"] in page
    assert token.read(fields_of(response)["token"])
    client.post("/contact/", fields_of(response) | VERA)
    assert reasons() == []


def test_who_insists_on_a_forged_token_is_heard_under_check(client: Client) -> None:
    fields = fields_of(client.post("/contact/", VERA | {"token": "forged"}))
    assert client.post("/contact/", fields | VERA | {"token": "forged"}).status_code == 303
    assert reasons() == ["bad_token"]


def test_a_page_left_open_for_a_day_is_asked_again(client: Client) -> None:
    response = send(client, after=25 * 3600)
    assert response.status_code == 200
    assert b"open for a long time" in response.content


def test_who_is_suspected_reads_what_everybody_reads(client: Client) -> None:
    def thanks(email: str, website: str) -> str:
        address = send(client, email=email, website=website).headers["Location"]
        with time_machine.travel("2026-03-02 15:01Z", tick=False):
            page = client.get(address).content.decode()
        return without_tokens(page).replace(Enquiry.objects.get(email=email).reference, "")

    assert thanks("vera@example.com", "") == thanks("victor@example.com", "https://example.com")
    assert Lead.objects.in_check().count() == 1
