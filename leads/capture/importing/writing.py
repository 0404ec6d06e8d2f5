"""People from a file become leads: a few statements for hundreds of them. Nobody is mailed, nothing starts, nobody is alerted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from leads.capture.importing.placing import Placed
from leads.models import (
    Arrives,
    Attention,
    Category,
    Channel,
    Clinic,
    Enquiry,
    Event,
    EventKind,
    Import,
    ImportRow,
    Lead,
    Outcome,
    Screening,
    Stage,
)
from leads.models.ids import new_reference, uuid7
from leads.models.many_rows import Table, reserve_ids
from leads.models.sealed import seal
from leads.policy.crisis import mentions_crisis
from leads.policy.hours import opening_hours
from leads.policy.promise import promise_at

NO_CONSENT = ""  # a version that is none: they agreed to nothing in our form


@dataclass(frozen=True)
class Arrival:
    """How all that come in now stand on the desk."""

    found: Import
    stage: Stage
    now: datetime
    due_at: datetime

    @classmethod
    def of(cls, found: Import, now: datetime) -> Self:
        due_at = promise_at(now) if found.arrives == Arrives.NEEDS_US else _check_back(now)
        return cls(found, Stage.objects.first_of(Category.NEW), now, due_at)

    def lead(self, placed: Placed, pk: int, reference: str) -> dict[str, Any]:
        person = placed.person
        stage = person.stage or self.stage
        closed, needs_us = stage.category == Category.CLOSED, self.found.arrives == Arrives.NEEDS_US
        at = person.received_at or self.now
        return {
            "id": pk,
            "reference": reference,
            "identity_key": None if placed.anonymous else person.key,
            "source": Channel.IMPORT.value,
            "name": person.name,
            "email": person.email,
            "phone": person.phone,
            "topic": person.topic,
            "owner_id": person.owner_id,
            "stage_id": stage.pk,
            "category": stage.category,
            "attention": (Attention.NEEDS_US if needs_us and not closed else Attention.DONE).value,
            "next_action": "" if closed else ("reply" if needs_us and stage.category == Category.NEW else "check_back"),
            "due_at": None if closed else self.due_at,
            "read_first": needs_us and not closed and mentions_crisis(person.message),
            "created_at": at,
            "received_at": at,
        }

    def event(self, placed: Placed, lead_id: int, enquiry: UUID | None) -> dict[str, Any]:
        pk, note = uuid7(), placed.person.note
        data: dict[str, Any] = {"import": self.found.pk, "row": placed.person.number}
        if enquiry:
            data["enquiry"] = str(enquiry)
        text = seal(note, f"leads_event:{pk}:text") if note else None
        return {
            "id": str(pk),
            "lead_id": lead_id,
            "kind": EventKind.IMPORTED.value,
            "at": self.now,
            "by_id": self.found.by_id,
            "data": data,
            "text": text,
        }

    def enquiry(self, placed: Placed, lead_id: int, reference: str) -> dict[str, Any]:
        """What they wrote, or where they came from, sealed as any other enquiry."""
        person, pk = placed.person, uuid7()
        return {
            "id": str(pk),
            "lead_id": lead_id,
            "reference": reference,
            "channel": Channel.IMPORT.value,
            "added_by_id": self.found.by_id,
            "received_at": person.received_at or self.now,
            "promise_at": self.due_at,
            "name": person.name,
            "email": person.typed_email,
            "phone": person.typed_phone,
            "message": seal(person.message, f"leads_enquiry:{pk}:message"),
            "topic": person.topic,
            "consent_reply": False,
            "consent_version": NO_CONSENT,
            "screening": Screening.ACCEPTED.value,
            "utm": {"source": person.source} if person.source else {},
        }


def write(arrival: Arrival, everything: Sequence[Placed]) -> list[ImportRow]:
    """In the caller's transaction. Returns what became of each, for the caller to save."""
    leads, enquiries, events = Table(Lead), Table(Enquiry), Table(Event)
    ids = iter(reserve_ids(Lead, sum(placed.outcome == Outcome.MADE for placed in everything)))
    by_key: dict[str, int] = {}
    rows = []
    for placed in everything:
        row = ImportRow(imported=arrival.found, number=placed.person.number, outcome=placed.outcome, person=placed.digest)
        rows.append(row)
        if placed.outcome in (Outcome.KNOWN, Outcome.TWICE):
            continue
        reference = new_reference()
        if placed.outcome == Outcome.MADE:
            row.lead_id = next(ids)
            by_key.setdefault(placed.person.key, row.lead_id)
            leads.add(**arrival.lead(placed, row.lead_id, reference))
        else:
            row.lead_id = placed.lead_id or by_key[placed.person.key]
        if placed.person.message or placed.person.source:
            enquiry = arrival.enquiry(placed, row.lead_id, reference)
            row.enquiry = UUID(enquiry["id"])
            enquiries.add(**enquiry)
        event = arrival.event(placed, row.lead_id, row.enquiry)
        row.event = UUID(event["id"])
        events.add(**event)
    for table in (leads, enquiries, events):
        table.write(table.rows)
    return rows


def _check_back(now: datetime) -> datetime:
    """As if somebody had just spoken with them."""
    hours = opening_hours()
    return hours.morning_of(hours.working_day_after(now, Clinic.current().check_back_days))
