"""Rows for the tests of this folder: an enquiry by Vera, a mail in the outbox."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from leads.followup.turn import turn
from leads.models import Enquiry, Enrolment, Lead, Message, StepText, User, Version
from tests.cast import make_lead


def make_enquiry(lead: Lead | None = None, **fields: Any) -> Enquiry:
    lead = lead or make_lead()
    now = timezone.now()
    defaults: dict[str, Any] = {
        "reference": lead.reference,
        "channel": "form",
        "received_at": now,
        "promise_at": now + timedelta(hours=4),
        "name": "Vera Lind",
        "email": "vera@example.com",
        "message": "I would like to know how a first visit goes.",
        "consent_reply": True,
        "consent_followup": True,
        "consent_version": "1",
        "screening": "accepted",
    }
    return Enquiry.objects.create(lead=lead, **(defaults | fields))


def make_message(enquiry: Enquiry | None = None, **fields: Any) -> Message:
    """An acknowledgement that is due, unless told otherwise."""
    enquiry = enquiry or make_enquiry()
    defaults: dict[str, Any] = {"kind": "acknowledgement", "lead": enquiry.lead, "enquiry": enquiry, "to_address": "vera@example.com"}
    return Message.objects.create(**(defaults | fields))


def make_staff_mail(user: User, kind: str = "staff_alert", **fields: Any) -> Message:
    return Message.objects.create(kind=kind, user=user, to_address=user.email, **fields)


def make_enrolment(lead: Lead, **fields: Any) -> Enrolment:
    now = timezone.now()
    version = Version.objects.get(sequence__slug="after-enquiry", number=1)
    defaults: dict[str, Any] = {"sequence": version.sequence, "version": version, "anchor_at": now, "due_at": now}
    return Enrolment.objects.create(lead=lead, **(defaults | fields))


def make_followup(enrolment: Enrolment, step: int = 1, **fields: Any) -> Message:
    """It says what the step at that position says, or the first."""
    texts = StepText.objects.filter(step__version=enrolment.version, language=fields.get("language", "en"))
    text = texts.filter(step__position=step).first() or texts.first()
    defaults: dict[str, Any] = {"kind": "followup", "lead": enrolment.lead, "enrolment": enrolment, "step": step, "text": text}
    return Message.objects.create(**(defaults | {"to_address": enrolment.lead.email} | fields))


def mark_sending(message: Message) -> bool:
    """One claimed mail by itself, as a worker marks it before the relay hears of it."""
    return turn([], [message]) == {message.pk}
