"""A lead's page for tests, as staff read it and press on it."""

from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from leads.models import Lead


def url(noun: str, lead: Lead) -> str:
    return reverse(f"lead_{noun}", args=[lead.reference])


def page(client: Client, lead: Lead) -> str:
    """On one line."""
    response = client.get(reverse("lead", args=[lead.reference]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def press(client: Client, noun: str, lead: Lead, **fields: str) -> Any:
    response = client.post(url(noun, lead), fields)
    assert response.status_code == 303
    return response


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]
