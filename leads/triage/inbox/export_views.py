"""Exporting the list that somebody looks at. Whoever does has signed in within the last quarter of an hour (guarantees S4)."""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.http import FileResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk, leads_visible_to, record_read
from leads.models import LeadQuerySet
from leads.triage.inbox.export import Export
from leads.triage.inbox.export_files import as_csv, as_workbook
from leads.triage.inbox.export_form import WORKBOOK, ExportForm
from leads.triage.lists.filters import Asked
from leads.triage.words.counts import capped

LATELY = 15 * 60  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.EXPORT)
def export(request: DeskRequest) -> HttpResponseBase:
    """The address asks for a list as the inbox's own does."""
    if not _signed_in_lately(request):
        here = {"next": request.get_full_path()}
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode(here)}")
    asked = Asked.by(request.GET)
    leads = asked.leads(leads_visible_to(request.user), request.user).select_related(None)
    form = ExportForm(request.POST if request.method == "POST" else None, leads)
    if form.is_valid():
        return _file(request, form.cleaned_data, leads)
    context = {"form": form, "asked": asked, "number": capped(leads), "query": asked.as_query()}
    return render(request, "leads/triage/export.html", context, status=400 if form.errors else 200)


def _file(request: DeskRequest, chosen: dict[str, Any], leads: LeadQuerySet) -> HttpResponseBase:
    made = Export(leads, chosen["columns"], lambda shown: record_read(request.user, "export", shown, "export", request.id))
    name = f"leads-{timezone.now():%Y-%m-%d}"
    if chosen["kind"] == WORKBOOK:
        return FileResponse(as_workbook(made), as_attachment=True, filename=f"{name}.xlsx")
    response = StreamingHttpResponse(as_csv(made), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _signed_in_lately(request: DeskRequest) -> bool:
    return any(record["at"] > time.time() - LATELY for record in get_authentication_records(request, request.user))
