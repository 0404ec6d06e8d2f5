"""Two leads side by side, field by field, before they become one: whose value is kept, why that is proposed, and what moves."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leads.models import EventKind, Lead
from leads.triage.details.detail_words import LABELS, in_words
from leads.triage.same_person import merge_values
from leads.triage.same_person.merge_values import CHOOSABLE, KEEP, OTHER
from leads.triage.same_person.merging import names_differ


@dataclass(frozen=True)
class Side:
    value: str  # what the form sends
    text: str
    suggested: bool


@dataclass(frozen=True)
class Line:
    """A field that both leads have, or one."""

    name: str
    label: str | Promise
    sides: tuple[Side, Side]
    why: str | Promise  # that one of them is proposed; empty: they are the same
    free: bool


def page(lead: Lead, other: Lead) -> dict[str, object]:
    lines = [_line(field, lead, other) for field in CHOOSABLE if getattr(lead, field) or getattr(other, field)]
    return {"lines": lines, "moves": _moves(other), "names_differ": names_differ(lead, other)}


def _line(field: str, lead: Lead, other: Lead) -> Line:
    suggested = merge_values.suggestion(field, lead, other)
    side = suggested.side if suggested else ""
    sides = (Side(KEEP, _text(field, lead), side == KEEP), Side(OTHER, _text(field, other), side == OTHER))
    return Line(field, CHOOSABLE[field], sides, suggested.why if suggested else "", merge_values.is_free(field, lead, other))


def _text(field: str, lead: Lead) -> str:
    if field == "stage_id":
        return lead.stage.name
    if field == "owner_id":
        return str(lead.owner) if lead.owner else _("Nobody")
    if field == "reply_by":
        return str(lead.get_reply_by_display())
    return in_words(field, getattr(lead, field)) if field in LABELS else str(getattr(lead, field))


def _moves(other: Lead) -> list[str]:
    """What moves, in numbers."""
    notes, mails = other.events.filter(kind=EventKind.NOTE).count(), other.messages.count() + other.replies.count()
    bookings, plans, enquiries = other.bookings.count(), other.enrolments.count(), other.enquiries.count()
    counted = (
        (enquiries, ngettext("%d enquiry", "%d enquiries", enquiries)),
        (notes, ngettext("%d note", "%d notes", notes)),
        (mails, ngettext("%d email", "%d emails", mails)),
        (bookings, ngettext("%d booking", "%d bookings", bookings)),
        (plans, ngettext("%d follow-up", "%d follow-ups", plans)),
    )
    return [words % number for number, words in counted if number]
