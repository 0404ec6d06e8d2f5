"""People from a file become leads: a few statements for hundreds of them. Nobody is mailed, nothing starts, nobody is alerted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

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

    def lead(self, placed: Placed) -> Lead:
        person = placed.person
        stage = person.stage or self.stage
        closed, needs_us = stage.category == Category.CLOSED, self.found.arrives == Arrives.NEEDS_US
        at = person.received_at or self.now
        return Lead(
            reference=new_reference(),
            identity_key=None if placed.anonymous else person.key,
            source=Channel.IMPORT,
            name=person.name,
            email=person.email,
            phone=person.phone,
            topic=person.topic,
            owner_id=person.owner_id,
            stage=stage,
            category=stage.category,
            attention=Attention.NEEDS_US if needs_us and not closed else Attention.DONE,
            next_action="" if closed else ("reply" if needs_us and stage.category == Category.NEW else "check_back"),
            due_at=None if closed else self.due_at,
            read_first=needs_us and not closed and mentions_crisis(person.message),
            created_at=at,
            received_at=at,
        )

    def event(self, placed: Placed, lead_id: int, enquiry: Enquiry | None) -> Event:
        data: dict[str, Any] = {"import": self.found.pk, "row": placed.person.number}
        if enquiry:
            data["enquiry"] = str(enquiry.pk)
        return Event(
            lead_id=lead_id, kind=EventKind.IMPORTED, at=self.now, by_id=self.found.by_id, data=data, text=placed.person.note or None
        )

    def enquiry(self, placed: Placed, lead_id: int, reference: str) -> Enquiry | None:
        """What they wrote, or where they came from, sealed as any other enquiry; none where the file says neither."""
        person = placed.person
        if not person.message and not person.source:
            return None
        return Enquiry(
            id=uuid7(),
            lead_id=lead_id,
            reference=reference,
            channel=Channel.IMPORT,
            added_by_id=self.found.by_id,
            received_at=person.received_at or self.now,
            promise_at=self.due_at,
            name=person.name,
            email=person.typed_email,
            phone=person.typed_phone,
            message=person.message,
            topic=person.topic,
            consent_reply=False,
            consent_version=NO_CONSENT,
            screening=Screening.ACCEPTED,
            utm={"source": person.source} if person.source else {},
        )


def write(arrival: Arrival, everything: Sequence[Placed]) -> list[ImportRow]:
    """In the caller's transaction. Returns what became of each, for the caller to save."""
    leads = {id(placed): arrival.lead(placed) for placed in everything if placed.outcome == Outcome.MADE}
    Lead.objects.bulk_create(leads.values())
    by_key = {lead.identity_key: lead for lead in leads.values() if lead.identity_key}
    rows, events, enquiries = [], [], []
    for placed in everything:
        row = ImportRow(imported=arrival.found, number=placed.person.number, outcome=placed.outcome, person=placed.digest)
        rows.append(row)
        lead = leads.get(id(placed)) or (by_key.get(placed.person.key) if placed.lead_id is None else None)
        row.lead_id = lead.pk if lead else placed.lead_id
        if row.lead_id is None or placed.outcome in (Outcome.KNOWN, Outcome.TWICE):
            row.lead_id = None
            continue
        reference = lead.reference if lead and placed.outcome == Outcome.MADE else new_reference()
        enquiry = arrival.enquiry(placed, row.lead_id, reference)
        event = arrival.event(placed, row.lead_id, enquiry)
        row.event, row.enquiry = event.pk, enquiry.pk if enquiry else None
        events.append(event)
        enquiries += [enquiry] if enquiry else []
    Enquiry.objects.bulk_create(enquiries)
    Event.objects.bulk_create(events)
    return rows


def _check_back(now: datetime) -> datetime:
    """As if somebody had just spoken with them."""
    hours = opening_hours()
    day = hours.working_day_after(now, Clinic.current().check_back_days)
    window = hours.window_on(day)
    return window[0] if window else hours.at(day, timedelta(hours=9))
