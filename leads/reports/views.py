"""The reports. They hold numbers and no lead, so nobody's look at them is recorded."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leads.access import DeskRequest, Right, desk
from leads.policy.cells import CsvLines
from leads.reports.page import page


@require_safe
@desk(Right.SEE_REPORTS)
def reports(request: DeskRequest) -> HttpResponse:
    return render(request, "leads/reports/page.html", page(request.GET.dict(), timezone.now()))


@require_safe
@desk(Right.SEE_REPORTS)
def as_csv(request: DeskRequest, chart: str) -> HttpResponse:
    shown = next((each for each in page(request.GET.dict(), timezone.now())["charts"] if each.slug == chart), None)
    if shown is None:
        raise Http404
    lines, rows = CsvLines(), [shown.head, *((row.label, *row.cells) for row in shown.rows)]
    text = "".join(lines.line(map(str, row)) for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{chart}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
