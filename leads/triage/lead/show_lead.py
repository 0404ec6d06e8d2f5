"""The lead page as an answer. Whoever gets it is recorded first."""

from django.http import HttpResponse
from django.shortcuts import render

from leads.access import DeskRequest, record_read
from leads.models import Lead
from leads.triage.decisions.typed_mail import TypedMail
from leads.triage.lead import lead_page
from leads.triage.lead.drafts import draft_of
from leads.triage.lead.veiled_lead import veiled_page
from leads.triage.lists.waiting_room import is_on


def show_lead(
    request: DeskRequest, lead: Lead, *, story_open: bool = False, note: str = "", mail: TypedMail | None = None, refused: str = ""
) -> HttpResponse:
    """`note` and `mail` are what stands in the boxes, else what was kept of them; `refused` the sentence that says why nothing was done."""
    if is_on():
        record_read(request.user, "lead", [lead], "initials", request.id)
        return render(request, "leads/triage/lead_veiled.html", veiled_page(lead), status=400 if refused else 200)
    draft = None if note or mail else draft_of(request.user, lead)
    if draft:
        note, mail = draft.note or "", TypedMail.kept(draft, request.user) if draft.text else None
    context, shown = lead_page.page(request.user, lead, story_open=story_open, typed=request.POST)
    page, fields = ("lead_story", "story") if story_open else ("lead", "details")
    record_read(request.user, page, shown, fields, request.id)
    return render(
        request,
        "leads/triage/lead.html",
        context | {"note": note, "mail": mail, "refused": refused, "draft": draft, "tab": _open_tab(request, lead, mail)},
        status=400 if refused else 200,
    )


def _open_tab(request: DeskRequest, lead: Lead, mail: TypedMail | None) -> str:
    """The note's, so that nothing is sent by accident, unless somebody works in another."""
    tabs = ("call", "email") if lead.email else ("call",)
    if mail:
        return "email"
    chosen = request.POST.get("write", "")
    return chosen if chosen in tabs else "note"
