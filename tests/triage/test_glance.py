"""The reading pane: a lead in short, recorded as read, with the story sealed."""

import pytest
from django.test import Client
from django.urls import reverse

from leads.models import Lead, ReadRecord, User
from leads.triage.decisions.actions import add_note, mark_contacted
from tests.cast import make_lead, vera_writes
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db
STORY = "I have not slept for weeks"


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes(message=STORY, phone="(212) 555-0104").reference)


def glance(client: Client, lead: Lead) -> str:
    response = client.get(reverse("lead_glance", args=[lead.reference]))
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_how_they_stand(as_bob: Client, bob: User, vera: Lead) -> None:
    mark_contacted(by=bob, lead=vera)
    add_note(by=bob, lead=vera, text="Prefers mornings.")
    shown = glance(as_bob, vera)
    for words in ("Vera Lind", "Check back", "+1 212-555-0104", "vera@example.com", "Contact logged", "Prefers mornings.", "Nobody"):
        assert words in shown


def test_what_they_wrote_stays_sealed(as_bob: Client, vera: Lead) -> None:
    assert STORY not in glance(as_bob, vera)
    assert "What they wrote is sealed." in glance(as_bob, vera)


def test_it_is_part_of_a_page_and_nothing_more(as_bob: Client, vera: Lead) -> None:
    assert "<html" not in glance(as_bob, vera)


def test_a_look_is_recorded(as_bob: Client, bob: User, vera: Lead) -> None:
    glance(as_bob, vera)
    record = ReadRecord.objects.get()
    assert (record.user, record.page, record.leads) == (bob, "lead_glance", [vera.pk])


def test_a_closed_lead_can_not_be_marked(as_bob: Client) -> None:
    assert "Mark contacted" not in glance(as_bob, make_lead(category="closed"))


def test_charlie_sees_nothing(as_charlie: Client, vera: Lead) -> None:
    assert as_charlie.get(reverse("lead_glance", args=[vera.reference])).status_code == 404


def test_its_queries_do_not_grow(as_bob: Client, bob: User, vera: Lead) -> None:
    address = reverse("lead_glance", args=[vera.reference])
    few = queries(as_bob, address)
    for number in range(20):
        add_note(by=bob, lead=vera, text=f"{number}")
    assert queries(as_bob, address) == few <= 7
