"""Many leads at once: begun from the inbox, watched on a page of its own, taken back as one."""

import time
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leads.access import DeskRequest, Right, desk, leads_visible_to, record_read
from leads.models import BulkChange, BulkState
from leads.triage.bulk import bulk_page
from leads.triage.bulk.bulk import are_few, begin_undo, begin_with, begin_with_all, matching, work_at
from leads.triage.bulk.bulk_actions import BULK_ACTIONS, BulkAction, Value, remark_in
from leads.triage.decisions.recording import Conflict
from leads.triage.history.decided_since import moment_shown
from leads.triage.words.next_page import desk_page_of

AT_MOST = 500  # chosen by hand; more are named by what they match
NOT_KEPT = {"csrfmiddlewaretoken", "all", "sure", "lead"}
PATIENCE = 10.0  # seconds that somebody waits for a few


@require_POST
@desk(Right.WORK_LEADS)
def bulk(request: DeskRequest) -> HttpResponse:
    """For the leads chosen, or with `all` for every lead that the page's filters match: of those it first says how many they are."""
    try:
        action = _action(request.POST)
        value, text = action.read(request.POST), remark_in(request.POST)
        if request.POST.get("all"):
            return _all_that_match(request, action, value, text)
        chosen = leads_visible_to(request.user, Right.WORK_LEADS).filter(reference__in=_chosen(request.POST))
        begun = begin_with(by=request.user, action=action.name, value=value, text=text, leads=chosen, shown=moment_shown(request.POST))
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return HttpResponseRedirect(desk_page_of(request.POST) or reverse("inbox"), status=303)
    return _begun(request, begun)


def _action(data: QueryDict) -> BulkAction:
    action = BULK_ACTIONS.get(data.get("action", ""))
    if action is None:
        raise Conflict(_("Choose what to do with them."))
    return action


def _chosen(data: QueryDict) -> list[str]:
    chosen = [reference.upper() for reference in data.getlist("lead") if "\x00" not in reference][:AT_MOST]
    if not chosen:
        raise Conflict(_("Choose some leads first."))
    return chosen


def _all_that_match(request: DeskRequest, action: BulkAction, value: Value, text: str) -> HttpResponse:
    query = request.POST.get("query", "")
    if request.POST.get("sure"):
        shown = moment_shown(request.POST)
        return _begun(request, begin_with_all(by=request.user, action=action.name, value=value, text=text, query=query, shown=shown))
    kept = {name: said for name, said in request.POST.items() if name not in NOT_KEPT}
    context = {
        "title": action.says(value),
        "number": matching(request.user, query).count(),
        "kept": kept,
        "back": desk_page_of(request.POST) or reverse("inbox"),
    }
    return render(request, "leads/triage/bulk_sure.html", context)


def _begun(request: DeskRequest, begun: BulkChange) -> HttpResponse:
    if not are_few(begun):
        return redirect("bulk_change", begun.pk)
    work_at(begun, time.monotonic() + PATIENCE)
    return _back(request, begun)


def _back(request: DeskRequest, begun: BulkChange) -> HttpResponse:
    """To the list, where all went well; else to the page that says what did not."""
    if not begun.is_finished or begun.refused or begun.kept:
        return redirect("bulk_change", begun.pk)
    undo = reverse("bulk_change_remove", args=[begun.pk]) if bulk_page.can_undo(begun, timezone.now()) else ""
    done = _("Undone.") if begun.state == BulkState.UNDONE else f"{bulk_page.what(begun)}:"
    messages.success(request, f"{done} {bulk_page.sentence(begun)}", extra_tags=undo)
    return HttpResponseRedirect(desk_page_of(request.POST) or reverse("bulk_change", args=[begun.pk]), status=303)


@require_safe
@desk(Right.READ_LEADS)
def bulk_change(request: DeskRequest, pk: UUID) -> HttpResponse:
    context, shown = bulk_page.page(request.user, get_object_or_404(BulkChange, pk=pk), timezone.now())
    record_read(request.user, "bulk_change", shown, "list", request.id)
    return render(request, "leads/triage/bulk.html", context)


@require_POST
@desk(Right.WORK_LEADS)
def bulk_change_remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(BulkChange, pk=pk)
    try:
        begin_undo(by=request.user, bulk=found)
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return HttpResponseRedirect(desk_page_of(request.POST) or reverse("bulk_change", args=[found.pk]), status=303)
    return _begun(request, found)
