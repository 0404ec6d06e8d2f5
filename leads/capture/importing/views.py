"""The pages of an import: choose a file, say what its columns hold, see what would become of it, let it run, take it back."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leads.access import DeskRequest, Right, desk, leads_visible_to, record_file_read, record_read
from leads.capture.importing import actions
from leads.capture.importing.forms import ColumnsForm, UploadForm
from leads.capture.importing.preview import preview
from leads.capture.importing.spreadsheet import left_out
from leads.capture.importing.work import rows_of
from leads.models import AT_WORK, LEFT_OUT, REJECTED, TAKEN, Import, ImportRow, ImportState, Outcome, Unreadable
from leads.policy.refused import Refused

MANY = 50


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.IMPORT)
def imports(request: DeskRequest) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, most=settings.IMPORT_MAX_BYTES)
    if form.is_valid():
        try:
            return redirect("import", actions.upload(by=request.user, file=form.cleaned_data["file"]).pk)
        except Refused as refused:
            form.add_error("file", str(refused))
    earlier = Import.objects.select_related("by").order_by("-pk")[:MANY]
    context = {"form": form, "imports": [(each, each.count_of(TAKEN)) for each in earlier]}
    return render(request, "leads/capture/importing/imports.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.IMPORT)
def one_import(request: DeskRequest, pk: int) -> HttpResponse:
    """Its columns, as long as those can be chosen; then how it goes, and what became of it."""
    found = get_object_or_404(Import.objects.select_related("by"), pk=pk)
    may_choose = found.state in (ImportState.MAPPING, ImportState.CHECKED)
    if request.method == "POST" or found.state == ImportState.MAPPING or (may_choose and "columns" in request.GET):
        return _columns(request, found)
    context = {
        "found": found,
        "at_work": found.state in AT_WORK,
        "total": found.rows,
        "counts": _counts(found, TAKEN if found.state == ImportState.DONE else (*TAKEN, Outcome.REMOVED, Outcome.KEPT)),
        "left_out": _counts(found, (*LEFT_OUT, *REJECTED)),
        "has_file": found.file_gone_at is None,
        "can_be_undone": actions.can_be_undone(found, timezone.now()),
        "kept": _kept(request, found) if found.state in (ImportState.UNDONE, ImportState.UNDOING) else [],
    }
    return render(request, "leads/capture/importing/import.html", context)


def _columns(request: DeskRequest, found: Import) -> HttpResponse:
    try:
        header = next(iter(rows_of(found))).cells
    except (FileNotFoundError, Unreadable):
        messages.error(request, _("The file of this import is gone. Upload it again."))
        return redirect("imports")
    chosen = {f"column-{number}": code for number, code in enumerate(found.columns)}
    initial = chosen | {"same_person": found.same_person, "arrives": found.arrives}
    form = ColumnsForm(request.POST if request.method == "POST" else None, header=header, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        return _done(
            request,
            found,
            lambda: actions.choose(
                by=request.user, found=found, columns=form.columns, same_person=data["same_person"], arrives=data["arrives"]
            ),
        )
    record_file_read(request.user, "import", found, request.id)
    context = {
        "form": form,
        "found": found,
        "preview": preview(found, found.columns),
        "column_fields": [form[name] for name in form.of_columns],
    }
    return render(request, "leads/capture/importing/columns.html", context, status=400 if form.errors else 200)


@require_POST
@desk(Right.IMPORT)
def run(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Import, pk=pk)
    return _done(request, found, lambda: actions.run(by=request.user, found=found))


@require_POST
@desk(Right.IMPORT)
def undo(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Import, pk=pk)
    return _done(request, found, lambda: actions.undo(by=request.user, found=found))


@require_safe
@desk(Right.IMPORT)
def rejected(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Every row that did not come in, as it stood in the file, with its number and the reason."""
    found = get_object_or_404(Import, pk=pk)
    if found.file_gone_at is None and found.found.filter(outcome__in=(*LEFT_OUT, *REJECTED)).exists():
        record_file_read(request.user, "import_left_out", found, request.id)
    response = StreamingHttpResponse(left_out(found), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="import-{found.pk}-left-out.csv"'
    return response


def _done(request: DeskRequest, found: Import, verb: Callable[[], None]) -> HttpResponse:
    try:
        verb()
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("import", found.pk)


def _counts(found: Import, outcomes: tuple[Outcome, ...]) -> list[tuple[str, int]]:
    return [(str(outcome.label), found.counts[outcome]) for outcome in outcomes if found.counts.get(outcome)]


def _kept(request: DeskRequest, found: Import) -> list[tuple[str, str]]:
    """The leads that stayed, for somebody to decide about: reference and name."""
    rows = ImportRow.objects.filter(imported=found, outcome=Outcome.KEPT, lead__isnull=False).order_by("number")
    leads = list(leads_visible_to(request.user).filter(pk__in=list(rows.values_list("lead", flat=True)[:MANY])))
    record_read(request.user, "import", leads, "list", request.id)
    return [(lead.reference, lead.name) for lead in leads]
