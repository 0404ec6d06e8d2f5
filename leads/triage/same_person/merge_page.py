"""Two leads side by side, field by field, before they become one: whose value is kept, why that is proposed, and what moves."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from leads.access import DeskRequest, Right, desk, get_lead, leads_visible_to, record_read
from leads.models import EventKind, Lead
from leads.triage.decisions.outcomes import Calendar
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


@require_safe
@desk(Right.WORK_LEADS)
def merging(request: DeskRequest, reference: str) -> HttpResponse:
    """Without `with` it asks for the other one's reference."""
    lead = get_lead(request.user, reference, Right.WORK_LEADS)
    asked = request.GET.get("with", "").strip().replace("\x00", "")
    other = _other(request, asked) if asked else None
    if other and other.pk == lead.pk:
        return redirect("lead", lead.reference)
    record_read(request.user, "lead_merging", [lead, other] if other else [lead], "details", request.id)
    unknown = asked if other is None else ""
    context = {
        "lead": lead,
        "other": other,
        "asked": unknown,
        "shown": Calendar.today().now.isoformat(),
        "address": request.get_full_path(),
    }
    return render(request, "leads/triage/merge.html", context | (_compared(lead, other) if other else {}))


def _other(request: DeskRequest, asked: str) -> Lead | None:
    """Only one that was released: what waits in Check joins by itself when it is."""
    leads = leads_visible_to(request.user, Right.WORK_LEADS).accepted()
    found = leads.filter(Q(reference=asked.upper()) | Q(enquiries__reference=asked.upper()) | Q(merged__reference=asked.upper()))
    return found.distinct().first()


def _compared(lead: Lead, other: Lead) -> dict[str, object]:
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
