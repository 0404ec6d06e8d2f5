"""Whose enquiry is it? The same person's lead (locked), or a new one."""

from datetime import datetime
from typing import Any

from leads.models import Attention, Category, Enquiry, Lead, Screening, Stage
from leads.policy.identity import identity_key


def lead_for(enquiry: Enquiry, *, email: str, phone: str) -> Lead:
    """The lead that `enquiry` (not saved yet) belongs to, up to date with it and saved."""
    key = identity_key(enquiry.name, email, phone)
    lead = Lead.objects.select_for_update().filter(identity_key=key).first()
    if lead is None:
        return _new_lead(enquiry, email=email, phone=phone, identity_key=key)
    bring_back(lead, enquiry)
    lead.phone = lead.phone or phone  # Fill what is missing; nothing known is overwritten.
    lead.save()
    return lead


def lead_in_check(enquiry: Enquiry, *, email: str, phone: str) -> Lead:
    """A lead of its own: a suspicious enquiry joins nobody until a person releases it."""
    return _new_lead(enquiry, email=email, phone=phone, screening=Screening.CHECK)


def _new_lead(enquiry: Enquiry, **fields: Any) -> Lead:
    stage = Stage.objects.first_of(Category.NEW)
    lead = Lead(
        reference=enquiry.reference,
        name=enquiry.name,
        language=enquiry.language,
        stage=stage,
        category=stage.category,
        created_at=enquiry.received_at,
        **fields,
    )
    bring_back(lead, enquiry)
    lead.save(force_insert=True)
    return lead


def bring_back(lead: Lead, enquiry: Enquiry) -> None:
    """Any new enquiry needs us: it wakes a lead, reopens a closed one, and never makes it wait longer than promised before."""
    if not lead.is_open:
        lead.stage = Stage.objects.first_of(Category.NEW)
        lead.category = lead.stage.category
    lead.due_at = _earlier(lead.due_at, enquiry.promise_at) if lead.waiting_since else enquiry.promise_at
    lead.waiting_since = lead.waiting_since or enquiry.received_at
    lead.attention, lead.snoozed_until, lead.next_action = Attention.NEEDS_US, None, "reply"
    lead.received_at = enquiry.received_at
    lead.topic = enquiry.topic or lead.topic
    if enquiry.reply_by:
        lead.reply_by, lead.may_leave_voicemail = enquiry.reply_by, enquiry.may_leave_voicemail
    if enquiry.crisis:
        lead.read_first = True


def _earlier(known: datetime | None, new: datetime) -> datetime:
    return min(known, new) if known else new
