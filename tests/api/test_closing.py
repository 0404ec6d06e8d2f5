"""Closing with a key: a reason is welcome, and nobody has to give one."""

import pytest
from rest_framework.test import APIClient

from leads.models import Lead, Stage
from tests.api.conftest import Door


@pytest.fixture
def writer(door: Door) -> APIClient:
    return door("leads:read", "leads:write")


def url(lead: Lead) -> str:
    return f"/api/v1/leads/{lead.reference}/stage/"


def test_without_a_reason(writer: APIClient, lead: Lead) -> None:
    assert writer.post(url(lead), {"stage": "closed"}, format="json").json()["category"] == "closed"
    lead.refresh_from_db()
    assert lead.close_reason is None


def test_with_a_reason_by_its_slug(writer: APIClient, lead: Lead) -> None:
    assert writer.post(url(lead), {"stage": "closed", "reason": "not-a-fit"}, format="json").status_code == 200
    lead.refresh_from_db()
    assert lead.close_reason
    assert lead.close_reason.slug == "not-a-fit"


@pytest.mark.parametrize("reason", ["nonsense", "", None, 3])
def test_a_reason_that_there_is_not_is_named_and_nothing_changes(writer: APIClient, lead: Lead, reason: object) -> None:
    answer = writer.post(url(lead), {"stage": "closed", "reason": reason}, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["reason"])
    lead.refresh_from_db()
    assert lead.is_open


def test_a_stage_that_was_removed_is_not_taken_and_not_offered(writer: APIClient, lead: Lead) -> None:
    booked = Stage.objects.get(slug="booked")
    Stage.objects.create(slug="papers", name="Waits for papers", category=booked.category, position=9, gone_to=booked)
    refused = writer.post(url(lead), {"stage": "papers"}, format="json")
    assert refused.status_code == 400
    assert "contacted" in refused.content.decode()
    assert "papers" not in refused.content.decode()
