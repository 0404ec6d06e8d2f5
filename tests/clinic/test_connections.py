"""Keys for the API: made and withdrawn by whoever manages the team, shown once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from leads.models import ApiKey

pytestmark = pytest.mark.django_db
CONNECTIONS = reverse("connections")
KEY = {"name": "Website", "scopes": ["leads:read"], "lasts": "90"}


def test_a_new_key_opens_the_api_and_is_shown_once(as_dana: Client, client: Client) -> None:
    shown = as_dana.post(CONNECTIONS, KEY).content.decode()
    secret = re.findall(r'value="(lw_[^"]+)"', shown)[0]
    answer = client.get(reverse("api_leads"), headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    assert secret not in as_dana.get(CONNECTIONS).content.decode()


def test_it_lasts_as_long_as_was_said(as_dana: Client) -> None:
    as_dana.post(CONNECTIONS, KEY)
    as_dana.post(CONNECTIONS, KEY | {"name": "Billing", "lasts": ""})
    website, billing = ApiKey.objects.order_by("pk")
    assert website.expires_at is not None
    assert (website.expires_at - website.created_at).days in (89, 90)
    assert billing.expires_at is None


def test_a_withdrawn_key_opens_nothing(as_dana: Client, client: Client) -> None:
    key, secret = ApiKey.objects.create_with_secret(name="Website", scopes=["leads:read"])
    as_dana.post(reverse("connections_remove", args=[key.pk]))
    assert client.get(reverse("api_leads"), headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert as_dana.post(reverse("connections_remove", args=[key.pk])).status_code == 404, "twice"


@pytest.mark.parametrize("mistake", [{"name": ""}, {"name": "x" * 81}, {"scopes": []}, {"scopes": ["all"]}, {"lasts": "1000"}])
def test_a_mistake_is_named_and_no_key_is_made(as_dana: Client, mistake: dict[str, object]) -> None:
    assert as_dana.post(CONNECTIONS, KEY | mistake).context["form"].errors
    assert not ApiKey.objects.exists()


def test_alice_does_not_manage_the_team(as_alice: Client) -> None:
    assert as_alice.post(CONNECTIONS, KEY).status_code == 404
    assert not ApiKey.objects.exists()
