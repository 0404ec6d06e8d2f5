"""Flooded or without a database: what was typed stays, help is shown, and no thank-you is said."""

from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client

from leads.capture import contact
from leads.capture.limits import Flooded
from leads.models import Clinic, Enquiry
from tests.capture.page import VERA, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("error", "status"), [(Flooded(), 429), (OperationalError("vera@example.com"), 503)])
def test_nothing_is_lost(client: Client, monkeypatch: pytest.MonkeyPatch, caplog: Any, error: Exception, status: int) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(contact, "receive_enquiry", fail)
    response = send(client)
    page = response.content.decode()
    assert response.status_code == status
    assert VERA["message"] in page
    assert "Your message has not been sent yet" in page
    assert "hank you" not in page
    assert "988" in page
    assert "(555) 010-0199" in page
    assert "vera@" not in caplog.text


def test_without_a_database_every_page_still_shows_help(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/")  # seen once

    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError

    monkeypatch.setattr(Clinic.objects, "get", away)
    for path in ("/", "/contact/", "/privacy/", "/contact/sent/x/"):
        page = client.get(path).content.decode()
        assert "Harbor Infusion Clinic" in page
        assert "(555) 010-0199" in page
    assert send(client).status_code == 503
    assert not Enquiry.objects.exists()


def test_what_needs_the_database_is_away_and_not_broken(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError

    monkeypatch.setattr(Clinic.objects, "get", away)
    client.raise_request_exception = False
    response = client.get("/stop/x/")
    assert response.status_code == 503
    assert b"988" in response.content


def test_a_colleague_who_is_signed_in_needs_the_database_no_more_than_others(as_bob: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object) -> None:
        raise OperationalError

    monkeypatch.setattr(SessionStore, "load", away)
    assert as_bob.get("/contact/").status_code == 200
    assert send(as_bob).status_code == 303
