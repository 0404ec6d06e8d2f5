"""What is booked with a lead, for programs: read, and nothing more."""

from datetime import datetime

import pytest
import time_machine

from leads.models import Lead, ReadRecord, User
from leads.triage.bookings.bookings import cancel
from tests.api.conftest import Door
from tests.triage.booked import FRIDAY, TUESDAY, booked

pytestmark = pytest.mark.django_db


def url(lead: Lead) -> str:
    return f"/api/v1/leads/{lead.reference}/bookings/"


def test_what_is_to_come_without_the_note(door: Door, lead: Lead, bob: User) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        call = booked(lead, bob, note="Asks for Kim.")
        cancel(by=bob, booking=booked(lead, bob, kind="consultation"))
        answer = door("leads:read").get(url(lead))
    (told,) = answer.json()["results"]
    assert datetime.fromisoformat(told.pop("starts_at")) == TUESDAY
    assert told == {"id": str(call.pk), "kind": "call", "minutes": 30}
    assert "Kim" not in answer.content.decode()


def test_what_is_over_is_not_told(door: Door, lead: Lead, bob: User) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        booked(lead, bob)
    with time_machine.travel(TUESDAY, tick=False):
        assert door("leads:read").get(url(lead)).json()["results"] == []


def test_it_is_recorded_as_a_read(door: Door, lead: Lead) -> None:
    door("leads:read").get(url(lead))
    assert list(ReadRecord.objects.values_list("page", "fields", "leads")) == [("api_lead_bookings", "bookings", [lead.pk])]


@pytest.mark.parametrize("scope", ["leads:write", "messages:read"])
def test_it_requires_its_scope(door: Door, lead: Lead, scope: str) -> None:
    assert door(scope).get(url(lead)).status_code == 403


def test_it_is_only_read(door: Door, lead: Lead) -> None:
    assert door("leads:read", "leads:write").post(url(lead)).status_code == 405
