"""A clinic's own fields on a lead: typed values, checked, sealed where people write, undone, and never written over unseen."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.models import CustomField, EventKind, FieldChoice, FieldValue, Lead, User
from leads.models.custom_field import values_of
from leads.policy.custom_values import Unfit
from leads.triage.decisions.recording import Conflict
from leads.triage.details.detail_changed import DetailChanged
from leads.triage.details.field_values import set_field
from leads.triage.undo.undo import undo
from tests.cast import make_lead
from tests.triage.lead_page import page
from tests.triage.made_fields import one_of_each

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(db: None) -> dict[str, CustomField]:
    return one_of_each()


@pytest.mark.parametrize(("kind", "typed", "kept", "shown"), [
    ("text", "  Speaks\nDutch ", "Speaks Dutch", "Speaks Dutch"),
    ("number", "1,250.50", 1250.5, "1,250.5"),
    ("number", "-3", -3, "-3"),
    ("number", "100", 100, "100"),
    ("date", "2026-06-30", date(2026, 6, 30), "30 Jun 2026"),
    ("choice", "AETNA", "Aetna", "Aetna"),
    ("yes_no", "no", False, "No"),
])  # fmt: skip
def test_each_kind_is_kept_and_shown(
    as_bob: Client, bob: User, lead: Lead, fields: dict[str, CustomField], kind: str, typed: str, kept: Any, shown: str
) -> None:
    set_field(by=bob, lead=lead, field=fields[kind], text=typed)
    assert values_of([lead.pk]) == {lead.pk: {kind: kept}}
    assert f"<span>{shown}</span>" in page(as_bob, lead)
    assert f"Changed “Our {kind}”" in page(as_bob, lead)
    assert f"– → {shown}" in page(as_bob, lead)


@pytest.mark.parametrize(("kind", "typed"), [
    ("text", "x" * 501), ("number", "many"), ("number", "1e5"), ("number", "123456789012"), ("number", "1.23456"), ("number", "١"),
    ("date", "soon"), ("date", "0001-01-01"), ("choice", "Nobody"), ("yes_no", "maybe"),
])  # fmt: skip
def test_what_does_not_fit_is_refused(bob: User, lead: Lead, fields: dict[str, CustomField], kind: str, typed: str) -> None:
    with pytest.raises(Unfit):
        set_field(by=bob, lead=lead, field=fields[kind], text=typed)
    assert not FieldValue.objects.exists()
    assert not lead.events.exists()


def test_what_people_write_is_encrypted(bob: User, lead: Lead, fields: dict[str, CustomField]) -> None:
    set_field(by=bob, lead=lead, field=fields["text"], text="Speaks Dutch")
    with connection.cursor() as cursor:
        for table in ("leads_fieldvalue", "leads_event"):
            cursor.execute(f"SELECT text FROM {table}")  # noqa: S608  # two names of ours
            assert all(b"Dutch" not in bytes(sealed) for (sealed,) in cursor.fetchall())
    assert "Dutch" not in str(lead.events.get().data)


def test_it_is_emptied_and_undone(bob: User, lead: Lead, fields: dict[str, CustomField]) -> None:
    set_field(by=bob, lead=lead, field=fields["number"], text="3")
    set_field(by=bob, lead=lead, field=fields["number"], text="")
    assert values_of([lead.pk]) == {}
    undo(by=bob, lead=lead, noun="fields")
    assert values_of([lead.pk]) == {lead.pk: {"number": 3}}
    undo(by=bob, lead=lead, noun="fields")
    assert values_of([lead.pk]) == {}


def test_the_same_again_is_no_change(bob: User, lead: Lead, fields: dict[str, CustomField]) -> None:
    set_field(by=bob, lead=lead, field=fields["number"], text="3")
    assert set_field(by=bob, lead=lead, field=fields["number"], text="3.0") is None
    assert lead.events.filter(kind=EventKind.CUSTOM_FIELD).count() == 1


def test_a_change_over_somebody_elses_says_whose(bob: User, alice: User, lead: Lead, fields: dict[str, CustomField]) -> None:
    set_field(by=alice, lead=lead, field=fields["yes_no"], text="yes")
    with pytest.raises(DetailChanged, match="Alice changed it to “Yes”"):
        set_field(by=bob, lead=lead, field=fields["yes_no"], text="no", opened="")


def test_a_choice_no_longer_offered_stays_and_is_not_chosen_anew(bob: User, lead: Lead, fields: dict[str, CustomField]) -> None:
    set_field(by=bob, lead=lead, field=fields["choice"], text="Aetna")
    FieldChoice.objects.filter(label="Aetna").update(archived_at=timezone.now())
    field = CustomField.objects.get(key="choice")
    assert values_of([lead.pk]) == {lead.pk: {"choice": "Aetna"}}
    assert set_field(by=bob, lead=lead, field=field, text="Aetna") is None
    set_field(by=bob, lead=lead, field=field, text="Cigna")
    with pytest.raises(Unfit, match=r"Choose one of: Cigna\."):
        set_field(by=bob, lead=lead, field=field, text="Aetna")
    with pytest.raises(Conflict, match="can’t be undone"):
        undo(by=bob, lead=lead, noun="fields")


def test_a_field_out_of_use_is_out_of_sight(as_bob: Client, bob: User, lead: Lead, fields: dict[str, CustomField]) -> None:
    set_field(by=bob, lead=lead, field=fields["number"], text="77")
    CustomField.objects.update(archived_at=timezone.now())
    assert "Our choice" not in page(as_bob, lead)
    assert values_of([lead.pk]) == {}
    assert FieldValue.objects.exists()


def test_the_form_is_saved(as_bob: Client, lead: Lead, fields: dict[str, CustomField]) -> None:
    address = reverse("lead_detail", args=[lead.reference, "f-choice"])
    assert '<option value="Cigna">Cigna</option>' in as_bob.get(address).content.decode()
    assert "Choose one of: Aetna, Cigna." in as_bob.post(address, {"value": "Nobody"}).content.decode()
    shown = " ".join(as_bob.post(address, {"value": "Cigna", "opened": ""}, follow=True).content.decode().split())
    assert "Our choice changed." in shown
    assert values_of([lead.pk]) == {lead.pk: {"choice": "Cigna"}}


def test_the_database_refuses_a_value_of_another_kind(lead: Lead, fields: dict[str, CustomField]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FieldValue.objects.create(lead=lead, field=fields["number"], kind="number", yes_no=True)


def test_values_of_many_leads_cost_one_query(bob: User, fields: dict[str, CustomField], django_assert_num_queries: Any) -> None:
    leads = [make_lead(email=f"{number}@example.com") for number in range(3)]
    for lead in leads:
        set_field(by=bob, lead=lead, field=fields["text"], text="x")
        set_field(by=bob, lead=lead, field=fields["choice"], text="Aetna")
    with django_assert_num_queries(3):  # the values; and, as nothing is remembered in tests, the fields and their choices
        assert len(values_of([lead.pk for lead in leads])) == 3


def test_no_fields_in_check(bob: User, fields: dict[str, CustomField]) -> None:
    with pytest.raises(Conflict, match="Release it first"):
        set_field(by=bob, lead=make_lead(screening="check"), field=fields["number"], text="3")
