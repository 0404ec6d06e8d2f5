"""Exporting the list that somebody looks at. Whoever does has signed in within the last quarter of an hour (guarantees S4)."""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from django import forms
from django.http import FileResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk, leads_visible_to, record_read
from leads.models import LeadQuerySet
from leads.triage.counts import capped
from leads.triage.export import COLUMNS, Export
from leads.triage.export_files import as_csv, as_workbook
from leads.triage.filters import Asked

LATELY = 15 * 60  # seconds
CSV, WORKBOOK = "csv", "xlsx"


class ExportForm(forms.Form):
    use_required_attribute = False

    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        choices=[(column.code, column.label) for column in COLUMNS],
        initial=[column.code for column in COLUMNS if column.chosen],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Select at least one column"), "invalid_choice": _("Choose from the columns")},
    )
    kind = forms.ChoiceField(
        label=_("File"),
        choices=[(CSV, _("CSV, for any program and any number of leads")), (WORKBOOK, _("Excel workbook (.xlsx)"))],
        initial=CSV,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a kind of file"), "invalid_choice": _("Choose a kind of file")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.EXPORT)
def export(request: DeskRequest) -> HttpResponseBase:
    """The address asks for a list as the inbox's own does."""
    if not _signed_in_lately(request):
        here = {"next": request.get_full_path()}
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode(here)}")
    asked = Asked.by(request.GET)
    form = ExportForm(request.POST if request.method == "POST" else None)
    leads = asked.leads(leads_visible_to(request.user), request.user).select_related(None)
    if form.is_valid():
        return _file(request, form.cleaned_data, leads)
    context = {"form": form, "asked": asked, "number": capped(leads), "query": asked.as_query()}
    return render(request, "leads/triage/export.html", context, status=400 if form.errors else 200)


def _file(request: DeskRequest, chosen: dict[str, Any], leads: LeadQuerySet) -> HttpResponseBase:
    columns = [column.code for column in COLUMNS if column.code in chosen["columns"]]
    made = Export(leads, columns, lambda shown: record_read(request.user, "export", shown, "export", request.id))
    name = f"leads-{timezone.now():%Y-%m-%d}"
    if chosen["kind"] == WORKBOOK:
        return FileResponse(as_workbook(made), as_attachment=True, filename=f"{name}.xlsx")
    response = StreamingHttpResponse(as_csv(made), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _signed_in_lately(request: DeskRequest) -> bool:
    return any(record["at"] > time.time() - LATELY for record in get_authentication_records(request, request.user))
