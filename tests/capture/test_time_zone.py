"""Where somebody lives by the clock comes with the enquiry, and their follow-ups come by that clock."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from leads.models import Enrolment, Lead
from leads.models.lead import Screening
from tests.capture.page import send, send_again

pytestmark = pytest.mark.django_db


def test_it_comes_with_the_form(client: Client) -> None:
    send(client, zone="America/Los_Angeles")
    assert Lead.objects.get().time_zone == "America/Los_Angeles"


def test_without_a_script_the_phone_tells_it(client: Client) -> None:
    send(client, phone="+1 310 555 0100")
    assert Lead.objects.get().time_zone == "America/Los_Angeles"


def test_nobody_is_refused_for_a_zone_that_is_none(client: Client) -> None:
    assert send(client, zone="Nowhere/At_All").status_code == 303
    assert Lead.objects.get().time_zone == ""


def test_a_form_that_comes_back_keeps_it(client: Client) -> None:
    page = send(client, name="", zone="Asia/Tokyo")
    send_again(client, page, name="Vera", email="vera@example.com")
    assert Lead.objects.get().time_zone == "Asia/Tokyo"


def test_whoever_writes_again_from_elsewhere_has_moved(client: Client) -> None:
    for zone in ("Asia/Tokyo", "Europe/Madrid", ""):
        send(client, zone=zone)
    assert Lead.objects.get().time_zone == "Europe/Madrid"


def test_what_waits_in_check_has_one_too(client: Client) -> None:
    send(client, zone="Asia/Tokyo", website="spam")
    lead = Lead.objects.get()
    assert (lead.screening, lead.time_zone) == (Screening.CHECK, "Asia/Tokyo")


def test_follow_ups_come_by_it(client: Client) -> None:
    """Written on Monday at ten in New York: on Tuesday at nine in Los Angeles, which is noon in New York."""
    send(client, zone="America/Los_Angeles", consent_followup="on")
    due_at = Enrolment.objects.get().due_at
    assert due_at is not None
    assert f"{due_at:%a %H:%M}" == "Tue 17:00"  # UTC


@pytest.mark.parametrize(("zone", "status"), [("Asia/Tokyo", 201), ("nonsense", 201), (None, 201), (5, 400), (["a"], 400)])
def test_programs_may_send_it(zone: Any, status: int, db: None) -> None:
    body = {"name": "Vera Lind", "email": "vera@example.com", "consent_reply": True, "zone": zone}
    assert APIClient().post("/api/v1/enquiries/", body, format="json").status_code == status
    kept = ["Asia/Tokyo" if zone == "Asia/Tokyo" else ""] if status == 201 else []
    assert list(Lead.objects.values_list("time_zone", flat=True)) == kept
