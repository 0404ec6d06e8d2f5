"""Who refers somebody is led to a second page: who it is about, and whether they know."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from leads.models import Event, EventKind, Lead
from tests.capture.page import send
from tests.capture.test_fuzzed_requests import BROKEN

pytestmark = pytest.mark.django_db

MINNA = {"name": "Minna", "role": "clinician", "agreed": "on", "email": "minna@example.org"}


@pytest.fixture(autouse=True)
def just_after() -> Any:
    with time_machine.travel("2026-03-02 15:10Z", tick=False) as clock:
        yield clock


def thanks(client: Client, topic: str = "referral") -> str:
    return send(client, topic=topic).headers["Location"]


def notes() -> list[str | None]:
    return [event.text for event in Event.objects.filter(kind=EventKind.NOTE)]


def test_the_thank_you_page_leads_there(client: Client) -> None:
    address = thanks(client)
    page = client.get(address).content.decode()
    assert f'href="{address}about/"' in page
    assert client.get(f"{address}about/").headers["Cache-Control"] == "no-store"


def test_nobody_else_is_asked(client: Client) -> None:
    address = thanks(client, topic="cost")
    assert "about/" not in client.get(address).content.decode()
    assert client.get(f"{address}about/").status_code == 404


def test_what_they_say_stands_on_the_lead_as_a_sealed_note(client: Client, as_bob: Client) -> None:
    address = thanks(client)
    answer = client.post(f"{address}about/", MINNA)
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert notes() == ["About Minna.\nWritten by their clinician.\nThey agreed that we contact them.\nminna@example.org"]
    assert Lead.objects.count() == 1  # Minna did not write, and has no lead
    page = as_bob.get(f"/desk/leads/{Lead.objects.get().reference}/").content.decode()
    assert "Who it is about" in page
    assert "minna@example.org" in page


def test_afterwards_the_page_says_so_and_a_second_time_changes_nothing(client: Client) -> None:
    address = thanks(client)
    for name in ("Minna", "Otto"):
        client.post(f"{address}about/", MINNA | {"name": name})
    assert len(notes()) == 1
    page = client.get(address).content.decode()
    assert "You told us who it is about." in page
    assert "Tell us who it is about" not in page


def test_no_way_to_reach_them_is_taken_without_their_consent(client: Client) -> None:
    address = thanks(client)
    without = {name: value for name, value in MINNA.items() if name != "agreed"}
    answer = client.post(f"{address}about/", without)
    page = answer.content.decode()
    assert "Select this box if they agreed." in page
    assert 'value="minna@example.org"' in page  # nothing typed is lost
    client.post(f"{address}about/", without | {"email": ""})
    assert notes() == ["About Minna.\nWritten by their clinician.\nThey have not agreed that we contact them."]


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"name": ""}, "Enter a name for them."),
    ({"email": "minna"}, "Enter an email address in the correct format"),
    ({"role": "boss"}, "Choose one of these"),
])  # fmt: skip
def test_each_mistake_is_a_sentence(client: Client, typed: dict[str, str], sentence: str) -> None:
    answer = client.post(f"{thanks(client)}about/", MINNA | typed)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not notes()


def test_a_forged_or_old_address_gets_a_kind_page(client: Client, just_after: Any) -> None:
    assert "This page has closed" in client.post("/contact/sent/x/about/", MINNA).content.decode()
    address = thanks(client)
    just_after.shift(3600)
    assert "This page has closed" in client.post(f"{address}about/", MINNA).content.decode()
    assert not notes()


@pytest.mark.parametrize(("body", "kind", "_status"), BROKEN)
def test_nothing_sent_there_is_an_error_of_ours(client: Client, body: bytes, kind: str, _status: int) -> None:
    answer = client.generic("POST", f"{thanks(client)}about/", body, content_type=kind)
    assert answer.status_code in (200, 303, 400)  # 303 where the body does hold a name


def test_other_methods_are_refused(client: Client) -> None:
    assert client.delete(f"{thanks(client)}about/").status_code == 405
