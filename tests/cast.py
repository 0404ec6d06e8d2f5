"""The people of our tests: Alice manages, Bob is at the front desk, Charlie has no rights, Vera writes to us."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from leads.capture.actions import Receipt, receive_enquiry
from leads.capture.origin import Origin
from leads.models import Category, Channel, ContactRule, Lead, Stage

PASSWORD = "correct horse battery staple"


def vera(**changes: Any) -> dict[str, Any]:
    """What Vera types, as EnquiryForm cleans it."""
    return {
        "name": "Vera Lind",
        "email": "vera@example.com",
        "phone": "",
        "message": "I would like to know how a first visit goes.",
        "topic": "how",
        "reply_by": "email",
        "may_leave_voicemail": False,
        "consent_reply": True,
        "consent_followup": True,
    } | changes


def vera_writes(*, key: str | None = None, address: str = "198.51.100.7", suspicions: list[str] | None = None, **changes: Any) -> Receipt:
    origin = Origin(address=address, suspicions=suspicions or [])
    return receive_enquiry(by=None, channel=Channel.FORM, details=vera(**changes), origin=origin, key=key)


def make_lead(**fields: Any) -> Lead:
    """A lead without an enquiry, for tests that only need a row: new, and waiting for us in an hour."""
    stage = fields.pop("stage", None) or Stage.objects.first_of(fields.pop("category", Category.NEW))
    closed = stage.category == Category.CLOSED
    defaults: dict[str, Any] = {
        "name": "Vera Lind",
        "email": "vera@example.com",
        "stage": stage,
        "category": stage.category,
        "attention": "done" if closed else "needs_us",
        "next_action": "" if closed else "reply",
        "due_at": None if closed else timezone.now() + timedelta(hours=1),
    }
    return Lead.objects.create(**(defaults | fields))


def asks_to_be_reached(lead: Lead, **wishes: Any) -> ContactRule:
    """A contact rule that holds, for tests that only need the rows."""
    rule = ContactRule.objects.create(lead=lead, used_at=timezone.now(), **{"channels": ["email", "call"]} | wishes)
    lead.asked_hours = rule.hours
    lead.save(update_fields=["asked_hours"])
    return rule
