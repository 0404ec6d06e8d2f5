"""One lead's ledger of mail: what will be sent and when on both clocks, what was, and what was not and why."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from leads.models import Lead, Message, ReadRecord, Sequence, User
from tests.api.conftest import Door
from tests.cast import make_lead, vera_writes
from tests.triage.booked import FRIDAY, booked
from tests.trips import trips

pytestmark = pytest.mark.django_db
FIELDS = ["at", "at_theirs", "became", "id", "kind", "reason", "state", "title"]


def url(lead: Lead) -> str:
    return f"/api/v1/leads/{lead.reference}/mails/"


def lines_of(door: Door, lead: Lead) -> list[dict[str, Any]]:
    answer = door("leads:read").get(url(lead)).json()
    assert (list(answer), answer["lead"]) == (["lead", "results"], lead.reference)
    assert all(sorted(line) == FIELDS for line in answer["results"])
    return list(answer["results"])


@pytest.fixture
def vera(db: None) -> Lead:
    with time_machine.travel(datetime(2026, 11, 30, 15, tzinfo=UTC), tick=False):
        return Lead.objects.get(reference=vera_writes().reference)


def test_what_will_be_sent_on_both_clocks(door: Door, vera: Lead) -> None:
    Lead.objects.update(time_zone="America/Los_Angeles")
    lines = lines_of(door, vera)
    assert [line["title"] for line in lines] == ["Acknowledgement", "Follow-up 1 of 3", "Follow-up 2 of 3", "Follow-up 3 of 3"]
    assert {line["state"] for line in lines} == {"coming"}
    assert (lines[1]["id"], lines[1]["became"]) == (None, "will be sent")
    assert (lines[1]["at"], lines[1]["at_theirs"]) == ("2026-12-01T12:00:00-05:00", "2026-12-01T09:00:00-08:00")


def test_where_their_clock_is_not_known_it_is_ours(door: Door, vera: Lead) -> None:
    assert all(line["at"] == line["at_theirs"] for line in lines_of(door, vera))


@pytest.mark.parametrize(
    ("fields", "state", "became"),
    [
        ({"state": "sent", "sent_at": "2026-11-30 16:00Z"}, "sent", "sent"),
        ({"state": "suppressed", "reason": "opted_out"}, "not_sent", "not sent: they asked us to stop"),
        ({"state": "cancelled", "reason": "stage"}, "not_sent", "taken back: the stage changed"),
        ({"state": "failed", "reason": "550 5.1.1"}, "not_sent", "failed: the mail server refused it"),
        ({"state": "unknown"}, "in_doubt", "in doubt: it may or may not have arrived"),
        ({"state": "sending"}, "coming", "is being sent"),
    ],
)
def test_what_became_of_each(door: Door, vera: Lead, fields: dict[str, str], state: str, became: str) -> None:
    Message.objects.update(**fields)
    line = next(line for line in lines_of(door, vera) if line["kind"] == "acknowledgement")
    assert (line["state"], line["became"], line["reason"]) == (state, became, fields.get("reason", ""))
    assert line["id"] == str(Message.objects.get().pk)


def test_the_future_comes_first_and_then_the_newest(door: Door, vera: Lead) -> None:
    Message.objects.update(state="sent", sent_at="2026-11-30 16:00Z")
    Message.objects.create(kind="answer", lead=vera, to_address=vera.email, state="sent", sent_at="2026-11-30 17:00Z")
    assert [line["state"] for line in lines_of(door, vera)] == ["coming"] * 3 + ["sent"] * 2
    assert [line["kind"] for line in lines_of(door, vera)[3:]] == ["answer", "acknowledgement"]


def test_a_paused_sequence_is_told(door: Door, vera: Lead) -> None:
    Sequence.objects.update(paused_at=timezone.now())
    line = lines_of(door, vera)[1]
    assert (line["reason"], line["became"]) == ("paused", "waits, the sequence is paused")


@time_machine.travel(FRIDAY, tick=False)
def test_the_mails_of_a_booking_are_there(door: Door, lead: Lead, bob: User) -> None:
    booked(lead, bob)
    assert [(line["kind"], line["title"]) for line in lines_of(door, lead)] == [
        ("booking", "Confirmation of the booking"),
        ("reminder", "Reminder"),
    ]


def test_never_the_words(door: Door, vera: Lead) -> None:
    body = door("leads:read").get(url(vera)).content.decode()
    assert "first visit" not in body
    assert vera.email not in body


def test_alerts_to_staff_are_no_mail_of_the_lead(door: Door, lead: Lead, bob: User) -> None:
    Message.objects.create(kind="staff_alert", lead=lead, user=bob, to_address=bob.email)
    assert lines_of(door, lead) == []


def test_it_is_recorded_as_a_read(door: Door, vera: Lead) -> None:
    lines_of(door, vera)
    assert list(ReadRecord.objects.values_list("page", "fields", "leads")) == [("api_lead_mails", "mail", [vera.pk])]


def test_any_enquirys_reference_will_do(door: Door, vera: Lead) -> None:
    second = vera_writes(message="And one more.", address="198.51.100.9")
    assert door("leads:read").get(f"/api/v1/leads/{second.reference}/mails/").json()["lead"] == vera.reference


@pytest.mark.parametrize("reference", ["0000-0000", "%00", "x" * 500])
def test_a_lead_that_is_not_there(door: Door, reference: str) -> None:
    assert door("leads:read").get(f"/api/v1/leads/{reference}/mails/").status_code == 404


@pytest.mark.parametrize("scope", ["leads:write", "messages:read"])
def test_it_requires_its_scope(door: Door, lead: Lead, scope: str) -> None:
    assert door(scope).get(url(lead)).status_code == 403


def test_it_is_only_read(door: Door, lead: Lead) -> None:
    assert door("leads:read", "leads:write").post(url(lead)).status_code == 405


def test_the_number_of_queries_does_not_grow(door: Door, vera: Lead) -> None:
    reader = door("leads:read")

    def asked() -> int:
        with trips() as made:
            reader.get(url(vera))
        return len(made)

    few = asked()
    for _ in range(20):
        Message.objects.create(kind="answer", lead=vera, to_address=vera.email, state="sent")
        make_lead(email=vera.email)
    assert asked() == few
