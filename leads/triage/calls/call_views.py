"""Call mode: one lead at a time, one press for each outcome, and the next one."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leads.access import DeskRequest, Right, desk, leads_visible_to, record_read
from leads.models import CallTurn, Lead
from leads.triage.calls import calls_page
from leads.triage.calls.call_queue import Queue, Sitting
from leads.triage.calls.calling import call_made
from leads.triage.calls.left_note import keep_note
from leads.triage.decisions import actions
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.recording import Conflict
from leads.triage.lead.typed_note import typed_call, typed_note

KEPT = "calls"  # in the session


@require_safe
@desk(Right.WORK_LEADS)
def calls(request: DeskRequest) -> HttpResponse:
    return _page(request)


@require_POST
@desk(Right.WORK_LEADS)
def next_call(request: DeskRequest) -> HttpResponse:
    """Begins, goes on, or with `skip` leaves this one for another time."""
    sitting = _sitting(request)
    if "skip" in request.POST and sitting.lead:
        sitting.skipped.append(sitting.lead)
        _keep_note(request)
    if "begin" in request.POST:
        sitting = Sitting()
    return _onward(request, sitting)


@require_POST
@desk(Right.WORK_LEADS)
def call_outcome(request: DeskRequest) -> HttpResponse:
    sitting, lead = _sitting(request), _current(request)
    if lead is None or request.POST.get("reference") != lead.reference:
        return _no_longer(request, _("This call is no longer yours. Nothing was logged."))
    try:
        data = typed_call(request)
        call_made(by=request.user, lead=lead, outcome=data["outcome"], text=data["text"])
    except Conflict as conflict:
        if _current(request) != lead:  # since it was looked at
            return _no_longer(request, str(conflict))
        messages.error(request, str(conflict))
        return _page(request, note=typed_note(request), status=400)
    sitting.count(data["outcome"])
    if lead.read_first:
        sitting.skipped.append(lead.pk)  # They go on needing us, and there are others meanwhile.
    messages.success(request, _("Call logged."), extra_tags=reverse("lead_call_remove", args=[lead.reference]))
    return _onward(request, sitting)


@require_POST
@desk(Right.WORK_LEADS)
def call_story(request: DeskRequest) -> HttpResponse:
    """What they wrote, opened: recorded, as on the lead's page."""
    lead = _current(request)
    if lead is None:
        return HttpResponseRedirect(reverse("calls"), status=303)
    actions.open_story(by=request.user, lead=lead)
    return _page(request, story_open=True, note=typed_note(request))


def _no_longer(request: DeskRequest, why: str) -> HttpResponse:
    kept = _keep_note(request)
    messages.error(request, f"{why} {_('What you typed waits in the note box of their page.')}" if kept else why)
    return HttpResponseRedirect(reverse("calls"), status=303)


def _keep_note(request: DeskRequest) -> bool:
    return keep_note(by=request.user, reference=request.POST.get("reference", ""), note=typed_note(request).strip())


def _sitting(request: DeskRequest) -> Sitting:
    return Sitting.of(request.session.get(KEPT))


def _current(request: DeskRequest) -> Lead | None:
    """While it is theirs, and still waits."""
    pk = _sitting(request).lead
    mine = CallTurn.objects.filter(user=request.user).values("lead_id")
    return leads_visible_to(request.user, Right.WORK_LEADS).needs_us().filter(pk=pk).filter(pk__in=mine).first() if pk else None


def _onward(request: DeskRequest, sitting: Sitting) -> HttpResponse:
    calendar = Calendar.today()
    CallTurn.objects.give_back(request.user)
    following = Queue.of(request.user, sitting, calendar).take_next(request.user, calendar.now)
    sitting.lead = following.pk if following else None
    request.session[KEPT] = vars(sitting)
    return HttpResponseRedirect(reverse("calls"), status=303)


def _page(request: DeskRequest, *, story_open: bool = False, note: str = "", status: int = 200) -> HttpResponse:
    lead = _current(request)
    if lead:
        record_read(request.user, "calls", [lead], "story" if story_open else "details", request.id)
    context = calls_page.page(request.user, _sitting(request), lead, story_open=story_open)
    return render(request, "leads/triage/calls.html", context | {"note": note}, status=status)
