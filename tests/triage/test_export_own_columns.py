"""Tags and the clinic's own fields in an export, but for free text; and how many leads a workbook takes."""

import csv
import io
import time
from typing import Any

import pytest
from django.test import Client

from leads.models import CustomField, Lead, Tag, User
from leads.triage.details.field_values import set_field
from leads.triage.details.tags import add_tag
from leads.triage.inbox import export_form
from tests.cast import make_lead
from tests.triage.made_fields import one_of_each
from tests.triage.test_export import signed_in

pytestmark = pytest.mark.django_db
TYPED = {"text": "Only on Tuesdays", "number": "1,250.50", "date": "2026-06-30", "choice": "Aetna", "yes_no": "no"}


@pytest.fixture
def as_alice(as_alice: Client, settings: Any, tmp_path: Any) -> Client:
    """She signed in this moment."""
    settings.DATA_DIR = tmp_path
    signed_in(as_alice, time.time())
    return as_alice


@pytest.fixture
def fields(db: None) -> dict[str, CustomField]:
    return one_of_each()


def rows(client: Client, *columns: str) -> list[list[str]]:
    answer = client.post("/desk/export/", {"columns": ["reference", *columns], "kind": "csv"})
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_clinics_own_fields_are_columns(as_alice: Client, alice: User, lead: Lead, fields: dict[str, CustomField]) -> None:
    for kind, typed in TYPED.items():
        set_field(by=alice, lead=lead, field=fields[kind], text=typed)
    header, row = rows(as_alice, "f_yes_no", "f_number", "f_choice", "f_date")
    assert dict(zip(header, row, strict=True)) == {
        "Reference": lead.reference, "Our number": "1250.5", "Our date": "2026-06-30", "Our choice": "Aetna", "Our yes_no": "No",
    }  # fmt: skip


def test_free_text_is_no_column(as_alice: Client, alice: User, lead: Lead, fields: dict[str, CustomField]) -> None:
    set_field(by=alice, lead=lead, field=fields["text"], text=TYPED["text"])
    assert as_alice.post("/desk/export/", {"columns": ["f_text"], "kind": "csv"}).status_code == 400
    page = as_alice.get("/desk/export/").content.decode()
    assert "Our number" in page
    assert "Our text" not in page


def test_a_field_out_of_use_is_no_column(as_alice: Client, lead: Lead, fields: dict[str, CustomField]) -> None:
    CustomField.objects.filter(pk=fields["number"].pk).update(archived_at=lead.created_at)
    assert as_alice.post("/desk/export/", {"columns": ["f_number"], "kind": "csv"}).status_code == 400


def test_tags_are_a_column(as_alice: Client, alice: User, lead: Lead) -> None:
    untagged = make_lead(name="Omar", email="omar@example.com")
    for name in ("Insurance", "=cmd"):
        add_tag(by=alice, lead=lead, tag=Tag.objects.take(name))
    assert rows(as_alice, "tags") == [["Reference", "Tags"], [lead.reference, "'=cmd, Insurance"], [untagged.reference, ""]]


def test_more_leads_cost_no_more_statements(
    as_alice: Client, alice: User, fields: dict[str, CustomField], django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        lead = make_lead(email=f"{number}@example.com")
        set_field(by=alice, lead=lead, field=fields["number"], text=str(number))
        add_tag(by=alice, lead=lead, tag=Tag.objects.take("Insurance"))
    with django_assert_max_num_queries(22):
        assert len(rows(as_alice, "tags", "f_number")) == 21


def test_a_workbook_that_would_not_hold_them_all_is_refused(as_alice: Client, lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_form, "MOST_OF_A_SHEET", 1)
    wanted = {"columns": ["reference"], "kind": "xlsx"}
    assert b"".join(as_alice.post("/desk/export/", wanted).streaming_content)  # type: ignore[attr-defined]  # it streams
    make_lead(name="Omar", email="omar@example.com")
    answer = as_alice.post("/desk/export/", wanted)
    assert answer.status_code == 400
    assert "A workbook holds 1 leads at most. Choose CSV, or a shorter list." in answer.content.decode()
    assert as_alice.post("/desk/export/", wanted | {"kind": "csv"}).status_code == 200
