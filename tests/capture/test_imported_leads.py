"""Imported people beside all others: their page opens, nothing automatic begins, and the sweep tells nobody of them."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leads.followup.tasks import sweep
from leads.models import Enrolment, Lead, Message, User
from leads.triage.decisions.actions import mark_contacted
from tests.capture.importing import imported

pytestmark = pytest.mark.django_db
ROWS = ("Vera Lind,vera@example.com,,The canary sings", "Omar Haddad,omar@example.com,,")


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.mark.parametrize("arrives", ["done", "needs_us"])
def test_every_page_shows_them(alice: User, as_bob: Client, arrives: str) -> None:
    imported(alice, *ROWS, arrives=arrives)
    for lead in Lead.objects.all():
        for page in (f"/desk/leads/{lead.reference}/", f"/desk/leads/{lead.reference}/glance/", "/desk/?view=everyone&source=import"):
            text = as_bob.get(page).content.decode()
            assert lead.name in text
            assert "canary" not in text
        assert "Imported" in as_bob.get(f"/desk/leads/{lead.reference}/").content.decode()
    assert as_bob.get("/desk/board/").status_code == 200


def test_what_they_wrote_is_opened_like_any_message(alice: User, as_bob: Client) -> None:
    imported(alice, *ROWS)
    lead = Lead.objects.get(email="vera@example.com")
    assert "The canary sings" in as_bob.post(f"/desk/leads/{lead.reference}/story/").content.decode()


def test_the_sweep_tells_nobody_and_starts_nothing(alice: User, bob: User) -> None:
    imported(alice, "Vera,vera@example.com,,I want to kill myself", *ROWS[1:], arrives="needs_us")
    sweep()
    assert not Message.objects.exists()
    assert not Enrolment.objects.exists()


def test_they_can_be_worked_on(alice: User) -> None:
    imported(alice, *ROWS, arrives="needs_us")
    lead = Lead.objects.get(email="omar@example.com")
    mark_contacted(by=alice, lead=lead)
    assert (lead.attention, lead.due_at is not None and lead.due_at > timezone.now()) == ("done", True)
