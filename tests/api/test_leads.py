"""Reading leads with a key: each answer shows what the scopes allow, and is recorded."""

from base64 import b64encode
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from leads.models import Lead, ReadRecord, User
from tests.api.conftest import Door
from tests.cast import make_lead, vera_writes

URL = "/api/v1/leads/"
FIELDS = """
reference name email phone topic stage category attention snoozed_until owner screening next_action due_at created_at tags fields
""".split()


@pytest.fixture
def reader(door: Door) -> APIClient:
    return door("leads:read")


def test_a_lead_has_the_fields_of_the_contract(reader: APIClient, lead: Lead) -> None:
    answer = reader.get(f"{URL}{lead.reference}/").json()
    assert list(answer) == FIELDS
    assert (answer["stage"], answer["category"], answer["owner"]) == ("new", "new", None)


def test_the_list_is_newest_first_in_pages(reader: APIClient) -> None:
    now = timezone.now()
    leads = [make_lead(received_at=now - timedelta(minutes=number)) for number in range(60)]
    first = reader.get(URL).json()
    second = reader.get(first["next"]).json()
    assert [row["reference"] for row in first["results"] + second["results"]] == [lead.reference for lead in leads]
    assert (first["previous"], second["next"]) == (None, None)


def test_it_filters(reader: APIClient, bob: User) -> None:
    mine = make_lead(category="working", owner=bob)
    make_lead()
    for query in ("stage=contacted", "stage=Contacted", f"owner={bob.email}", "stage=contacted&attention=needs_us"):
        assert [row["reference"] for row in reader.get(f"{URL}?{query}").json()["results"]] == [mine.reference], query
    assert len(reader.get(f"{URL}?owner=none").json()["results"]) == 1


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("stage", "nowhere", "There is no such stage."),
        ("attention", "maybe", "Choose one of: needs_us, snoozed, done."),
        ("owner", "kim@example.com", "There is no such colleague."),
    ],
)
def test_an_unknown_value_is_an_error(reader: APIClient, name: str, value: str, sentence: str) -> None:
    response = reader.get(URL, {name: value})
    assert (response.status_code, response.json()["errors"]) == (400, {name: [sentence]})


@pytest.mark.parametrize(
    "cursor", [b"p=", b"p=123", b"p=yesterday", b"p=2030-01-31", b"p=9999-12-31T23:59:59-14:00", b"r=1&o=3&p=%00", b"\xff"]
)
def test_a_junk_cursor_is_an_error_not_a_crash(reader: APIClient, cursor: bytes) -> None:
    assert reader.get(URL, {"cursor": b64encode(cursor).decode()}).status_code == 404
    assert reader.get(f"{URL}?cursor=%00junk").status_code == 404


@pytest.mark.parametrize("name", ["stage", "attention", "owner", "q", "cursor"])
@pytest.mark.parametrize("value", ["\x00", "Vera\x00", "x" * 60_000, "\ufffd", "%", "\\"])
def test_any_value_is_answered(reader: APIClient, name: str, value: str) -> None:
    assert reader.get(URL, {name: value}).status_code in (200, 400, 404)


def test_any_reference_is_answered(reader: APIClient) -> None:
    assert reader.get(f"{URL}%00/").status_code == 404


@pytest.mark.parametrize("query", ["Vera", "vera@example.com", "VERA@EXAMPLE.COM", "lind"])
def test_it_searches(reader: APIClient, query: str) -> None:
    found = make_lead()
    make_lead(name="Otto Berg", email="otto@example.org")
    assert [row["reference"] for row in reader.get(URL, {"q": query}).json()["results"]] == [found.reference]


def test_any_enquirys_reference_finds_the_lead(reader: APIClient) -> None:
    vera_writes()
    second = vera_writes(message="One more thing.")
    assert reader.get(f"{URL}{second.reference}/").json()["reference"] == Lead.objects.get().reference


def test_the_story_is_never_in_it(reader: APIClient) -> None:
    vera_writes(message="canary")
    assert "canary" not in reader.get(URL).content.decode()


def test_each_answer_is_recorded(reader: APIClient, lead: Lead) -> None:
    reader.get(URL)
    reader.get(f"{URL}{lead.reference}/")
    assert list(ReadRecord.objects.order_by("id").values_list("page", "leads")) == [("api_leads", [lead.pk]), ("api_lead", [lead.pk])]
    assert ReadRecord.objects.latest("id").api_key is not None


def test_an_answer_without_a_lead_is_not(reader: APIClient) -> None:
    reader.get(URL)
    assert not ReadRecord.objects.exists()


def test_without_a_key_it_is_401(anybody: APIClient, lead: Lead) -> None:
    for url in (URL, f"{URL}{lead.reference}/"):
        assert anybody.get(url).status_code == 401


def test_a_key_without_the_scope_is_403(door: Door, lead: Lead) -> None:
    assert door("leads:write").get(URL).status_code == 403


@pytest.mark.parametrize("field", ["expires_at", "revoked_at"])
def test_a_dead_key_is_401(door: Door, field: str) -> None:
    response = door("leads:read", **{field: timezone.now() - timedelta(minutes=1)}).get(URL)
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"


def test_an_unknown_lead_is_404(reader: APIClient) -> None:
    assert reader.get(f"{URL}0000-0000/").status_code == 404
