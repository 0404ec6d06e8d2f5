"""Exporting the list somebody looks at: the chosen columns, nothing that a spreadsheet would run, and a record of who took it."""

import csv
import io
import time
import zipfile
from typing import Any

import pytest
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY as WHOSE
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from django.test import Client

from leads.models import Lead, ReadRecord, User
from leads.policy.cells import defused
from leads.triage.inbox import export
from leads.triage.inbox.export_columns import columns
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db
ALL = {"columns": ["reference", "name", "email", "stage_id", "owner_id", "due_at"], "kind": "csv"}


@pytest.fixture
def as_alice(as_alice: Client, settings: Any, tmp_path: Any) -> Client:
    """She signed in this moment."""
    settings.DATA_DIR = tmp_path
    signed_in(as_alice, time.time())
    return as_alice


def signed_in(client: Client, at: float) -> None:
    session = client.session
    session[METHODS] = [{"method": "password", "at": at}]
    session[WHOSE] = session["_auth_user_id"]
    session.save()


def rows(client: Client, query: str = "", **changes: Any) -> list[list[str]]:
    answer = client.post(f"/desk/export/{query}", ALL | changes)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_it_holds_the_columns_that_were_chosen(as_alice: Client, alice: User) -> None:
    lead = make_lead(owner=alice)
    header, row = rows(as_alice)
    assert header == ["Reference", "Name", "Email address", "Stage", "Due", "Owner"]
    assert row[:4] == [lead.reference, "Vera Lind", "vera@example.com", "New"]
    assert row[5] == "Alice"


def test_what_they_wrote_is_never_in_it(as_alice: Client) -> None:
    vera_writes(message="The canary sings")
    everything = [column.code for column in columns()]
    assert "canary" not in str(rows(as_alice, columns=everything))


@pytest.mark.parametrize(("query", "names"), [("", ["Vera Lind"]), ("?view=everyone", ["Vera Lind", "Omar"]), ("?q=omar", ["Omar"])])
def test_it_is_the_list_that_the_address_asks_for(as_alice: Client, query: str, names: list[str]) -> None:
    make_lead()
    make_lead(name="Omar", email="omar@example.com", category="closed")
    assert [row[1] for row in rows(as_alice, query)[1:]] == names


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "\u200b="])
def test_no_cell_is_a_formula(start: str) -> None:
    assert defused(f"{start}cmd|' /C calc'!A0").startswith("'")
    assert defused("Vera - Lind") == "Vera - Lind"


def test_a_name_that_is_a_formula_leaves_defused(as_alice: Client) -> None:
    make_lead(name="=HYPERLINK(1)")
    assert rows(as_alice)[1][1] == "'=HYPERLINK(1)"


def test_it_is_recorded_page_by_page_before_it_leaves(as_alice: Client, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "PAGE", 2)
    leads = [make_lead(email=f"{number}@example.com") for number in range(5)]
    assert len(rows(as_alice)) == 6
    records = ReadRecord.objects.filter(page="export").order_by("pk")
    assert [record.leads for record in records] == [[leads[0].pk, leads[1].pk], [leads[2].pk, leads[3].pk], [leads[4].pk]]
    assert {record.user for record in records} == {alice}


def test_an_empty_list_is_a_file_with_its_header(as_alice: Client) -> None:
    assert len(rows(as_alice)) == 1
    assert not ReadRecord.objects.exists()


def test_a_workbook_holds_the_same(as_alice: Client, lead: Lead) -> None:
    answer = as_alice.post("/desk/export/", ALL | {"kind": "xlsx"})
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:  # type: ignore[attr-defined]  # it streams
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert lead.reference in sheet
    assert "vera@example.com" in sheet
    assert ReadRecord.objects.get().leads == [lead.pk]


def test_who_signed_in_longer_ago_does_so_again(as_alice: Client, lead: Lead) -> None:
    signed_in(as_alice, time.time() - 16 * 60)
    for answer in (as_alice.get("/desk/export/?view=mine"), as_alice.post("/desk/export/?view=mine", ALL)):
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/accounts/reauthenticate/?next=%2Fdesk%2Fexport%2F%3Fview%3Dmine"


def test_it_needs_a_column(as_alice: Client, lead: Lead) -> None:
    assert as_alice.post("/desk/export/", {"kind": "csv"}).status_code == 400
    assert as_alice.post("/desk/export/", {"kind": "csv", "columns": ["identity_key"]}).status_code == 400
    assert not ReadRecord.objects.exists()


def test_it_is_not_for_the_front_desk(as_bob: Client) -> None:
    signed_in(as_bob, time.time())
    assert as_bob.get("/desk/export/").status_code == 404
    assert "/desk/export/" not in as_bob.get("/desk/").content.decode()


def test_the_inbox_leads_there_with_what_it_asks_for(as_alice: Client) -> None:
    assert "/desk/export/?view=mine" in as_alice.get("/desk/?view=mine").content.decode()
    assert as_alice.get("/desk/export/?view=mine").status_code == 200


def test_more_leads_cost_no_more_statements(as_alice: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        make_lead(email=f"{number}@example.com")
    with django_assert_max_num_queries(15):  # the last one: which fields the clinic has of its own
        rows(as_alice)
