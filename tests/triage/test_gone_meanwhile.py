"""A colleague released an enquiry at the moment in which somebody else pressed something: it has joined another lead by then."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leads.access import get_lead
from leads.capture.actions import release
from leads.models import Booking, Event, Lead, User
from tests.cast import vera_writes
from tests.triage.lead_page import url

pytestmark = pytest.mark.django_db

NOTE = "She called on Tuesday."


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes().reference)


@pytest.fixture
def waiting(vera: Lead, alice: User, monkeypatch: pytest.MonkeyPatch) -> Lead:
    """She wrote once more, which waits in Check until the moment after it was looked up."""
    reference = vera_writes(message="https://a.example https://b.example https://c.example https://d.example").reference
    lead = Lead.objects.get(reference=reference)
    assert lead.screening == "check"

    def looked_up(*about: Any) -> Lead:
        found = get_lead(*about)
        if found.pk == lead.pk:
            release(by=alice, lead=Lead.objects.get(pk=lead.pk))
        return found

    for where in ("triage.lead.changes", "triage.inbox.views", "capture.desk_contact"):
        monkeypatch.setattr(f"leads.{where}.get_lead", looked_up)
    return lead


@pytest.mark.parametrize("noun", ["notes", "done", "booking", "call"])
def test_what_was_typed_is_not_lost(as_bob: Client, waiting: Lead, noun: str) -> None:
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    time = {"booking-kind": "call", "booking-day": day, "booking-time": "14:00", "booking-minutes": "30"}
    response = as_bob.post(url(noun, waiting), {"text": NOTE, "outcome": "spoke"} | time)
    assert response.status_code == 400
    assert NOTE in response.content.decode()
    assert "It has just joined another lead" in response.content.decode()
    assert not Event.objects.filter(kind="note").exists()
    assert not Booking.objects.exists()


@pytest.mark.parametrize("noun", ["story", "reach"])
def test_a_page_of_its_own_leads_to_that_lead(as_bob: Client, bob: User, vera: Lead, waiting: Lead, noun: str) -> None:
    response = as_bob.post(url(noun, waiting), {"channels": ["email"], "days": "any"})
    assert response.status_code == 302
    assert get_lead(bob, waiting.reference) == vera
    assert not Event.objects.filter(kind__in=["story_read", "contact_rule"]).exists()
