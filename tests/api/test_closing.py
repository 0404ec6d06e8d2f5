"""Closing with a key: a reason is welcome, and nobody has to give one."""

import pytest
from rest_framework.test import APIClient

from leads.models import Lead
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
