"""How a list looks is each person's own: dense or not, and which columns."""

import pytest
from django.test import Client
from django.urls import reverse

from leads.models import Lead, User

pytestmark = pytest.mark.django_db
LIST = reverse("profile_list")
ALL = ["topic", "reach", "state", "stage", "owner", "time"]


def test_what_bob_chooses_holds_for_bob(as_bob: Client, as_alice: Client, bob: User, lead: Lead) -> None:
    response = as_bob.post(LIST, {"density": "compact", "columns": ["topic", "state", "stage", "time"], "next": "/desk/?view=everyone"})
    assert response["Location"] == "/desk/?view=everyone"
    assert 'class="rows compact without-reach without-owner"' in as_bob.get("/desk/").content.decode()
    assert 'class="rows comfortable"' in as_alice.get("/desk/").content.decode()


def test_everything_back_is_as_it_was(as_bob: Client, bob: User) -> None:
    as_bob.post(LIST, {"density": "compact", "columns": []})
    as_bob.post(LIST, {"density": "comfortable", "columns": ALL})
    bob.refresh_from_db()
    assert (bob.density, bob.hidden_columns) == ("comfortable", [])


@pytest.mark.parametrize("sent", [{"density": "tiny", "columns": ALL}, {"density": "compact", "columns": ["salary"]}, {}])
def test_what_there_is_not_changes_nothing(as_bob: Client, bob: User, sent: dict[str, object]) -> None:
    as_bob.post(LIST, sent)
    bob.refresh_from_db()
    assert (bob.density, bob.hidden_columns) == ("comfortable", [])


def test_the_way_back_leads_nowhere_else(as_bob: Client) -> None:
    assert as_bob.post(LIST, {"density": "compact", "next": "https://evil.example/"})["Location"] == reverse("profile")
