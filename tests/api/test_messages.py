"""The ledger of mail."""

import pytest

from leads.models import Lead
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
