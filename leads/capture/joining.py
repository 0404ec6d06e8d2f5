"""Whose enquiry is it? The same person's lead (locked), or a new one."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from leads.models import Attention, Category, Enquiry, Lead, PrivacyRequest, Screening, Stage
from leads.models.privacy_request import NEXT_ACTION
from leads.models.statements import Statement
from leads.policy.identity import identity_key
from leads.policy.zones import zone_of

# What the key would be that the database gives. On SQLite the transaction holds the one write lock, so nobody comes in between.
NEXT_ID = {
    "postgresql": "nextval(pg_get_serial_sequence('leads_lead', 'id'))",
    "sqlite": "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'leads_lead'), 0) + 1",
}

MERGED_MEANWHILE = 3  # how often we look again where leads were merged or parted this moment


class Place(NamedTuple):
    """Where an enquiry can go, and whether its address gets mail."""

    known: int | None  # the same person's lead
    vacant: int  # the key that a new lead gets
    suppressed: bool


def finding_place(name: str, email: str, phone: str) -> Statement:
    """Returns one Place. Email and phone normalised."""
    known = "SELECT id FROM leads_lead WHERE identity_key = %s"
    suppressed = "EXISTS (SELECT 1 FROM leads_suppression WHERE address = %s)"
    columns = f"({known}) AS known, {NEXT_ID[connection.vendor]} AS vacant, {suppressed} AS suppressed"
    return Statement(f"SELECT {columns}", [identity_key(name, email, phone), email])


def lead_for(enquiry: Enquiry, place: Place, *, email: str, phone: str, zone: str = "") -> Lead:
    """The lead that `enquiry` (not saved yet) belongs to, up to date with it: the known one saved, a new one not yet."""
    key = identity_key(enquiry.name, email, phone)
    # Asked for by the key again: whoever held the lock until now may have made it another person's.
    known = known_lead(key) if place.known else None
    if known is None:
        return _new_lead(enquiry, place, email=email, phone=phone, time_zone=zone_of(zone, "", phone), identity_key=key)
    bring_back(known, enquiry)
    known.phone = known.phone or phone  # Fill what is missing; nothing known is overwritten.
    known.time_zone = zone_of(zone, known.time_zone, phone)  # But where they are now is news.
    known.save()
    return known


def known_lead(key: str) -> Lead | None:
    """Locked. Whose lead was merged into another has that one. The merged one is never locked: who merges and parts locks both in turn."""
    for _ in range(MERGED_MEANWHILE):
        if lead := Lead.objects.locked().filter(identity_key=key).first():
            return lead
        into = Lead.objects.filter(identity_key=key).values_list("merged_into", flat=True).first()
        if into is None:
            return None
        if lead := Lead.objects.locked().filter(pk=into).first():
            return lead
    return None


def lead_of_link(lead: Lead, enquiry: Enquiry) -> Lead | None:
    """The lead that their link names, up to date with `enquiry`. None where it can't be that one: it has gone into another since, or
    `enquiry` has to be looked at and it has not."""
    named = Lead.objects.locked().filter(pk=lead.pk).first()
    if named is None or (named.screening == Screening.ACCEPTED and enquiry.screening != Screening.ACCEPTED):
        return None
    bring_back(named, enquiry)
    if named.screening == Screening.SPAM:  # It may be none: a person looks again.
        named.screening = Screening.CHECK
    named.save()
    return named


def lead_in_check(enquiry: Enquiry, place: Place, *, email: str, phone: str, zone: str = "") -> Lead:
    """A lead of its own: a suspicious enquiry joins nobody until a person releases it."""
    return _new_lead(enquiry, place, email=email, phone=phone, time_zone=zone_of(zone, "", phone), screening=Screening.CHECK)


def _new_lead(enquiry: Enquiry, place: Place, **fields: Any) -> Lead:
    stage = Stage.objects.first_of(Category.NEW)
    lead = Lead(
        id=place.vacant,
        reference=enquiry.reference,
        name=enquiry.name,
        language=enquiry.language,
        source=enquiry.channel,
        stage=stage,
        category=stage.category,
        may_leave_voicemail=enquiry.may_leave_voicemail,
        created_at=enquiry.received_at,
        **fields,
    )
    bring_back(lead, enquiry)
    return lead


def bring_back(lead: Lead, enquiry: Enquiry) -> None:
    """Any new enquiry needs us, and what it says about them is the newest that we know."""
    needs_an_answer(lead, received_at=enquiry.received_at, promise_at=enquiry.promise_at, crisis=enquiry.crisis)
    lead.received_at = enquiry.received_at
    lead.topic = enquiry.topic or lead.topic
    lead.reply_by = enquiry.reply_by or lead.reply_by
    if enquiry.phone:  # The box belongs to the number.
        lead.may_leave_voicemail = enquiry.may_leave_voicemail


def needs_an_answer(lead: Lead, *, received_at: datetime, promise_at: datetime, crisis: bool) -> None:
    """They wrote: it wakes a lead, reopens a closed one, and never makes it wait longer than promised before."""
    _reopen(lead)
    lead.due_at = _earlier(lead.due_at, promise_at) if lead.waiting_since else promise_at
    lead.waiting_since = lead.waiting_since or received_at
    lead.attention, lead.snoozed_until, lead.next_action = Attention.NEEDS_US, None, "reply"
    if crisis:
        lead.read_first = True


def wait_for_request(lead: Lead, request: PrivacyRequest) -> None:
    """Needs us, also where it was closed; whoever waits for an answer, too, goes on waiting for that first."""
    _reopen(lead)
    if lead.waiting_since is None:
        due_at = request.due_at if lead.next_action != NEXT_ACTION else _earlier(lead.due_at, request.due_at)
        lead.next_action, lead.due_at = NEXT_ACTION, due_at
    lead.attention, lead.snoozed_until = Attention.NEEDS_US, None
    lead.save(update_fields=["stage", "category", "close_reason", "next_action", "due_at", "attention", "snoozed_until"])


def _reopen(lead: Lead) -> None:
    """In New, where it was closed; the reason is one no more."""
    if not lead.is_open:
        lead.stage = Stage.objects.first_of(Category.NEW)
        lead.category = lead.stage.category
        lead.close_reason = None


def _earlier(known: datetime | None, new: datetime) -> datetime:
    return min(known, new) if known else new
