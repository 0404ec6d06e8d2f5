"""What the inbox asks for beside the list: one lead in short, who has come since, and views that somebody named."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leads.access import DeskRequest, Right, desk, get_lead, leads_visible_to, record_read
from leads.models import SavedView
from leads.triage.decisions.recording import Conflict
from leads.triage.inbox import inbox_page
from leads.triage.lead.glance import glance
from leads.triage.lists import saved_views
from leads.triage.lists.arrivals import arrivals
from leads.triage.lists.filters import Asked
from leads.triage.words.counts import capped
from leads.triage.words.pages import read_moment

COUNTED_FOR = 30  # seconds: a saved view may look at many leads


@require_safe
@desk(Right.READ_LEADS)
def lead_glance(request: DeskRequest, reference: str) -> HttpResponse:
    lead = get_lead(request.user, reference)
    record_read(request.user, "lead_glance", [lead], "details", request.id)
    return render(request, "leads/triage/glance.html", glance(lead))


@require_safe
@desk(Right.READ_LEADS)
def new(request: DeskRequest) -> HttpResponse:
    """Only a number, so no lead is shown. What has not changed is 304."""
    try:
        shown = read_moment(request.GET.get("shown", ""))
    except ValueError:
        raise Http404 from None
    number = arrivals(request.user, Asked.by(QueryDict(request.GET.get("of", ""))), shown)
    tag = f'"{number}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    response = render(request, "leads/triage/arrivals.html", {"number": number})
    response.headers["ETag"] = tag
    return response


@require_safe
@desk(Right.READ_LEADS)
def saved_view(request: DeskRequest, slug: str) -> HttpResponse:
    view = _view(request, slug)
    query = QueryDict(view.query, mutable=True)
    if cursor := request.GET.get("cursor"):
        query["cursor"] = cursor
    context, shown = inbox_page.page(request.user, query, view)
    record_read(request.user, "inbox", shown, "list", request.id)
    return render(request, "leads/triage/inbox.html", context | {"may_change": saved_views.may_change(request.user, view)})


@require_safe
@desk(Right.READ_LEADS)
def saved_counts(request: DeskRequest) -> HttpResponse:
    """How many each saved view holds, after the list has been shown: it never waits for them."""
    views = [(view, _count(request, view)) for view in saved_views.views_of(request.user)]
    return render(request, "leads/triage/saved_views.html", {"views": views, "here": request.GET.get("here", "")})


def _count(request: DeskRequest, view: SavedView) -> str:
    key = f"saved-view:{view.pk}:{request.user.pk}"
    known: str | None = cache.get(key)
    if known is None:
        known = capped(Asked.by(QueryDict(view.query)).leads(leads_visible_to(request.user), request.user))
        cache.set(key, known, COUNTED_FOR)
    return known


@require_POST
@desk(Right.READ_LEADS)
def save_view(request: DeskRequest) -> HttpResponse:
    query = request.POST.get("query", "")
    try:
        view = saved_views.save_view(by=request.user, **_said(request), query=query)
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return redirect(f"{reverse('inbox')}?{Asked.by(QueryDict(query)).as_query()}")
    messages.success(request, _("Saved. It stands beside the other views."))
    return redirect("saved_view", view.slug)


@require_POST
@desk(Right.READ_LEADS)
def change_view(request: DeskRequest, slug: str) -> HttpResponse:
    view = _view(request, slug, to_change=True)
    try:
        saved_views.change_view(by=request.user, view=view, **_said(request))
    except Conflict as conflict:
        messages.error(request, str(conflict))
    return redirect("saved_view", view.slug)


@require_POST
@desk(Right.READ_LEADS)
def remove_view(request: DeskRequest, slug: str) -> HttpResponse:
    view = _view(request, slug, to_change=True)
    saved_views.remove_view(by=request.user, view=view)
    messages.success(request, _("The view “%s” is gone. The leads in it are not.") % view.name)
    return redirect("inbox")


def _said(request: DeskRequest) -> dict[str, Any]:
    return {"name": request.POST.get("name", ""), "shared": "shared" in request.POST}


def _view(request: DeskRequest, slug: str, *, to_change: bool = False) -> SavedView:
    """What somebody else keeps to themselves does not exist; what is not theirs to change, neither."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), slug=slug)
    if to_change and not saved_views.may_change(request.user, view):
        raise Http404
    return view
