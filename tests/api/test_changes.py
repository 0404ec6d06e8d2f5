"""Changing leads with a key goes through the desk's own verbs."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from leads.models import Event, Lead, User
from tests.api.conftest import Door
from tests.cast import make_lead


@pytest.fixture
def writer(door: Door) -> APIClient:
    return door("leads:read", "leads:write")


def url(lead: Lead, noun: str) -> str:
    return f"/api/v1/leads/{lead.reference}/{noun}/"


def send(client: APIClient, address: str, body: object) -> int:
    """As JSON in plain ASCII: so half of a surrogate pair gets through, too."""
    status: int = client.generic("POST", address, json.dumps(body), content_type="application/json").status_code
    return status


def test_the_stage_moves_and_can_be_taken_back(writer: APIClient, lead: Lead) -> None:
    assert writer.post(url(lead, "stage"), {"stage": "contacted"}, format="json").json()["category"] == "working"
    assert writer.delete(url(lead, "stage")).json()["stage"] == "new"
    assert writer.delete(url(lead, "stage")).status_code == 409


def test_it_is_assigned_and_unassigned(writer: APIClient, lead: Lead, bob: User) -> None:
    assert writer.post(url(lead, "assignment"), {"owner": bob.email}, format="json").json()["owner"] == bob.email
    assert writer.post(url(lead, "assignment"), {"owner": None}, format="json").json()["owner"] is None


def test_it_is_not_assigned_to_somebody_without_rights(writer: APIClient, lead: Lead, charlie: User) -> None:
    response = writer.post(url(lead, "assignment"), {"owner": charlie.email}, format="json")
    assert response.status_code == 400
    assert "owner" in response.json()["errors"]


def test_it_is_snoozed(writer: APIClient, lead: Lead) -> None:
    until = (timezone.now() + timedelta(days=1)).isoformat()
    assert writer.post(url(lead, "snooze"), {"until": until}, format="json").json()["attention"] == "snoozed"


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("2020-01-01T00:00:00Z", "Choose a time in the future."),
        ("9999-12-31T10:00:00Z", "Choose a day within the next hundred years."),
        ("2199-01-01T00:00:00+23:59", "Choose a day within the next hundred years."),
    ],
)
def test_neither_into_the_past_nor_for_ever(writer: APIClient, lead: Lead, until: str, sentence: str) -> None:
    response = writer.post(url(lead, "snooze"), {"until": until}, format="json")
    assert (response.status_code, response.json()["errors"]) == (400, {"until": [sentence]})


def test_a_note_has_its_length(writer: APIClient, lead: Lead) -> None:
    assert send(writer, url(lead, "notes"), {"text": "x" * 5000}) == 201
    response = writer.post(url(lead, "notes"), {"text": "x" * 5001}, format="json")
    assert (response.status_code, response.json()["errors"]) == (400, {"text": ["Shorten the note to 5000 characters or fewer."]})


def test_a_lead_that_is_in_no_state_for_it_is_a_conflict(writer: APIClient) -> None:
    closed = make_lead(category="closed")
    until = (timezone.now() + timedelta(days=1)).isoformat()
    assert writer.post(url(closed, "snooze"), {"until": until}, format="json").status_code == 409


def test_half_a_letter_leaves_the_note(writer: APIClient, lead: Lead) -> None:
    assert send(writer, url(lead, "notes"), {"text": "Called.\ud800"}) == 201
    assert Event.objects.get(kind="note").text == "Called."


def test_a_note_is_added(writer: APIClient, lead: Lead) -> None:
    assert writer.post(url(lead, "notes"), {"text": "Called, no answer."}, format="json").status_code == 201
    assert Event.objects.get(kind="note").text == "Called, no answer."


@pytest.mark.parametrize(
    ("noun", "body"),
    [
        ("stage", {}),
        ("stage", {"stage": 1}),
        ("stage", {"stage": "nowhere"}),
        ("stage", []),
        ("assignment", {}),
        ("assignment", {"owner": "nobody@example.com"}),
        ("snooze", {"until": "tomorrow"}),
        ("snooze", {"until": "2030-01-31T09:00:00"}),
        ("snooze", {"until": "2030-99-99T09:00:00Z"}),
        ("snooze", {"until": "9999-12-31T23:59:59-14:00"}),
        ("snooze", {"until": "0001-01-01T00:00:00+14:00"}),
        ("notes", {"text": " "}),
        ("stage", {"stage": "\ud800"}),
        ("stage", {"stage": "x" * 60_000}),
        ("stage", {"stage": "new\x00new"}),
        ("assignment", {"owner": "\ud800"}),
        ("assignment", {"owner": "\x00@example.com"}),
        ("notes", {"text": "\ud800\x00"}),
    ],
)
def test_bad_input_is_400_and_changes_nothing(writer: APIClient, lead: Lead, noun: str, body: object) -> None:
    assert send(writer, url(lead, noun), body) == 400
    assert not Event.objects.exists()


@pytest.mark.parametrize("noun", ["stage", "assignment", "snooze", "notes"])
def test_it_requires_write_access(door: Door, lead: Lead, noun: str) -> None:
    assert door("leads:read").post(url(lead, noun), {}, format="json").status_code == 403


@pytest.mark.parametrize("noun", ["stage", "assignment", "snooze", "notes"])
def test_get_is_not_allowed(writer: APIClient, lead: Lead, noun: str) -> None:
    assert writer.get(url(lead, noun)).status_code == 405
