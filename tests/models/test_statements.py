"""Rows written together are the rows that save() would have written."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from leads.models import Enquiry, Enrolment, Event, Lead, Message, MessageKind, Sequence, Stage
from leads.models.statements import Statement, kept, run
from tests.cast import make_lead
from tests.followup.made import make_enquiry
from tests.trips import trips

pytestmark = pytest.mark.django_db


def stored(row: models.Model) -> dict[str, object]:
    """As it stands in the database, but for what is new each time."""
    ours = {"id", "lead_id", "reference", "message_id"}
    again = type(row)._default_manager.get(pk=row.pk)
    return {field.attname: getattr(again, field.attname) for field in row._meta.concrete_fields if field.attname not in ours}


def test_they_are_what_save_writes() -> None:
    enquiry, now = make_enquiry(), timezone.now()
    lead, sequence = enquiry.lead, Sequence.objects.get()

    def rows() -> list[models.Model]:
        return [
            Event(lead=lead, kind="note", at=now, data={"ü": ["1"]}, text="It's 100 %; \\ 'quoted' \n\U0001f642"),
            Event(lead=lead, kind="enquiry", at=now),
            Message(
                kind=MessageKind.ACKNOWLEDGEMENT, lead=lead, enquiry=enquiry, to_address="vera@example.com", created_at=now, due_at=now
            ),
        ]

    together, one_by_one = rows(), rows()
    run(*together)
    for row in one_by_one:
        row.save(force_insert=True)
    assert [stored(row) for row in together] == [stored(row) for row in one_by_one]
    enrolment = Enrolment(lead=lead, sequence=sequence, due_at=now)
    run(enrolment)
    assert Enrolment.objects.get() == enrolment


def test_so_are_a_lead_and_its_enquiry() -> None:
    now, stage = timezone.now(), Stage.objects.first_of("new")

    def rows() -> list[models.Model]:
        lead = Lead(
            id=Lead.objects.count() + 1000, name="Véra", stage=stage, category="new", next_action="reply", due_at=now, waiting_since=now,
            created_at=now, received_at=now, read_first=True,
        )  # fmt: skip
        enquiry = Enquiry(
            lead=lead, channel="form", received_at=now, promise_at=now, name="Véra", message="100 % sure?", screening="accepted",
            consent_reply=True, screening_reasons=["too_fast"], utm={"utm_source": "radio"},
        )  # fmt: skip
        return [lead, enquiry]

    together = rows()
    run(*together)
    one_by_one = rows()
    for row in one_by_one:
        row.save(force_insert=True)
    assert [stored(row) for row in together] == [stored(row) for row in one_by_one]


def test_a_row_that_was_written_can_be_saved_and_pointed_at() -> None:
    lead = make_lead()
    note = Event(lead=lead, kind="note", text="Called.")
    run(note)
    note.text = "Called twice."
    note.save()
    assert Event.objects.get().text == "Called twice."


def test_they_are_written_in_one_trip_where_there_are_trips() -> None:
    lead = make_lead()
    with trips() as made:
        run(*(Event(lead=lead, kind="note") for _ in range(3)))
    assert len(made) == (1 if connection.vendor == "postgresql" else 3)


def test_often_run_they_stay_the_same() -> None:
    lead = make_lead()
    for number in range(12):  # more than it takes to be prepared
        run(Event(lead=lead, kind="note", text=f"Note {number}"), Event(lead=lead, kind="note", by=None))
    assert {event.text for event in Event.objects.all()} == {None, *(f"Note {number}" for number in range(12))}


def test_one_that_fails_fails_them_all() -> None:
    lead = make_lead()
    twin = Lead(reference=lead.reference, name="Otto", stage=lead.stage, category="new", next_action="reply", due_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        run(Event(lead=lead, kind="note"), twin, Event(lead=lead, kind="note"))
    assert not Event.objects.exists()


def test_each_statement_returns_its_own_rows() -> None:
    assert run(Statement("SELECT 1 AS n UNION ALL SELECT 2", []), Statement("SELECT %s AS text", ["; --"])) == [[(1,), (2,)], [("; --",)]]


def test_a_kept_select_gives_what_the_query_gives_each_time() -> None:
    lead, now = make_lead(), timezone.now()
    query = Lead.objects.filter(name=lead.name, created_at__lte=now, read_first=False).values_list("id", "name", "category")[:5]
    sql, values = query.query.sql_with_params()
    for _ in range(8):  # more than it takes to be prepared
        assert kept(sql, values) == list(query)
    lead.delete()
    assert kept(sql, values) == []
