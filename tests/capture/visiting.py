"""Vera opens her own page: by the link in our mail, or straight from the thank-you page."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from leads.capture.token import sent
from leads.followup.own_link import token_of
from leads.models import Lead
from tests.cast import vera_writes


def from_mail(lead: Lead) -> str:
    return f"/my/{token_of(lead.reference, lead.email)}/"


def from_thanks(**typed: Any) -> str:
    """Somebody writes, as Vera unless told otherwise, and goes on from the thank-you page."""
    return f"/my/{sent(vera_writes(**typed).enquiry_id)}/"


def visitor() -> Client:
    """No cookie, and CSRF checks are on."""
    return Client(enforce_csrf_checks=True)


def text_of(response: HttpResponse | Any) -> str:
    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    return " ".join(response.content.decode().split())


def look(address: str) -> str:
    return text_of(visitor().get(address))


def without_tokens(page: str) -> str:
    return re.sub(r"[\w-]+:[\w-]+:[\w-]{43}", "", page)


def press(address: str, **fields: str | list[str]) -> str:
    """Sends a form, and reads the page that follows."""
    client = visitor()
    answer = client.post(address, fields)
    assert answer.status_code == 303
    return text_of(client.get(answer.headers["Location"]))
