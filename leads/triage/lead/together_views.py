"""What a lead's open page asks by itself: who else is here, what is new, and to keep what is typed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leads.access import DeskRequest, Right, desk, get_lead
from leads.models import Lead
from leads.triage.decisions.recording import Conflict
from leads.triage.decisions.typed_mail import TypedMail
from leads.triage.history import decided_since
from leads.triage.lead.drafts import forget_draft, keep_draft
from leads.triage.lead.presence import be_here, leave, others_here
from leads.triage.lead.typed_note import typed_note


@require_POST
@desk(Right.WORK_LEADS)
def presence(request: DeskRequest, reference: str) -> HttpResponse:
    """Says that one is here, and gets who else is, and what they decided meanwhile: names of colleagues, no word about the lead."""
    found, now = get_lead(request.user, reference, Right.WORK_LEADS), timezone.now()
    if request.POST.get("gone"):
        leave(by=request.user, lead=found)
        return HttpResponse(status=204)
    be_here(by=request.user, lead=found, writes=bool(request.POST.get("writes")), now=now)
    return render(request, "leads/triage/presence.html", {"here": others_here(found, request.user, now), "news": _news(request, found)})


def _news(request: DeskRequest, lead: Lead) -> str:
    event = decided_since.newest_since_shown(request.POST, request.user, lead)
    return decided_since.in_words(event) if event else ""


@require_POST
@desk(Right.WORK_LEADS)
def draft(request: DeskRequest, reference: str) -> HttpResponse:
    found, mail = get_lead(request.user, reference, Right.WORK_LEADS), TypedMail.of(request)
    try:
        kept = keep_draft(by=request.user, lead=found, note=typed_note(request), subject=mail.subject, text=mail.text)
    except Conflict as conflict:
        return HttpResponse(str(conflict), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(_("Kept as a draft.") if kept else "", content_type="text/plain; charset=utf-8")


@require_POST
@desk(Right.WORK_LEADS)
def draft_remove(request: DeskRequest, reference: str) -> HttpResponse:
    found = get_lead(request.user, reference, Right.WORK_LEADS)
    forget_draft(by=request.user, lead=found)
    return redirect("lead", found.reference)
