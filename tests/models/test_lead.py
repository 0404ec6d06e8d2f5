"""What the database itself refuses about a lead."""

import pytest
from django.db import IntegrityError

from leads.models import Lead
from tests.cast import make_lead

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("missing", [{"due_at": None}, {"next_action": ""}])
def test_an_open_lead_can_not_be_without_a_next_action(missing: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        make_lead(**missing)


def test_a_closed_lead_can() -> None:
    assert make_lead(category="closed").due_at is None


def test_it_can_not_be_snoozed_without_an_end() -> None:
    with pytest.raises(IntegrityError):
        make_lead(attention="snoozed")


def test_one_person_has_one_lead() -> None:
    make_lead(identity_key="vera")
    with pytest.raises(IntegrityError):
        make_lead(identity_key="vera")


def test_a_closed_lead_can_not_be_reopened_without_a_next_action() -> None:
    make_lead(category="closed")
    with pytest.raises(IntegrityError):
        Lead.objects.update(category="new")
