"""The ledger of mail."""

import pytest

from leads.models import Lead, ReadRecord
from tests.api.conftest import Door
from tests.cast import vera_writes

URL = "/api/v1/messages/"


def test_it_lists_what_will_leave(door: Door) -> None:
    vera_writes()
    row = door("messages:read").get(URL).json()["results"][0]
    assert list(row) == ["id", "lead", "kind", "state", "due_at", "sent_at", "message_id"]
    assert (row["lead"], row["kind"], row["state"]) == (Lead.objects.get().reference, "acknowledgement", "queued")


def test_it_filters(door: Door) -> None:
    receipt = vera_writes()
    reader = door("messages:read")
    assert len(reader.get(URL, {"state": "queued", "lead": receipt.reference}).json()["results"]) == 1
    assert not reader.get(URL, {"state": "sent"}).json()["results"]
    assert reader.get(URL, {"lead": "0000-0000"}).status_code == 404


def test_any_enquirys_reference_finds_the_mail_of_the_lead(door: Door) -> None:
    vera_writes()
    second = vera_writes(message="One more thing.")
    rows = door("messages:read").get(URL, {"lead": second.reference}).json()["results"]
    assert {row["lead"] for row in rows} == {Lead.objects.get().reference}


def test_mail_is_no_way_into_leads(door: Door, lead: Lead) -> None:
    reader = door("messages:read")
    assert reader.get(URL, {"lead": lead.reference}).status_code == 200
    assert reader.get(f"/api/v1/leads/{lead.reference}/").status_code == 403


def test_only_an_answer_that_shows_a_lead_is_recorded(door: Door) -> None:
    reader = door("messages:read")
    reader.get(URL)
    assert not ReadRecord.objects.exists()
    vera_writes()
    reader.get(URL)
    assert list(ReadRecord.objects.values_list("page", "leads")) == [("api_messages", [Lead.objects.get().pk])]


def test_an_unknown_state_is_an_error(door: Door) -> None:
    response = door("messages:read").get(URL, {"state": "lost"})
    assert response.status_code == 400
    assert response.json()["errors"]["state"][0].startswith("Choose one of: queued, ")


@pytest.mark.parametrize("name", ["state", "lead", "cursor"])
@pytest.mark.parametrize("value", ["\x00", "x" * 60_000])
def test_any_value_is_answered(door: Door, name: str, value: str) -> None:
    assert door("messages:read").get(URL, {name: value}).status_code in (200, 400, 404)


def test_it_requires_its_scope(door: Door) -> None:
    assert door("leads:read").get(URL).status_code == 403
