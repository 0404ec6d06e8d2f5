"""Settings: the addresses that get no mail, why and since when; adding one by hand, and lifting one."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk, leads_visible_to, record_read
from leads.clinic.forms import LiftForm, SuppressionForm
from leads.clinic.saved import saved
from leads.followup import actions as followup
from leads.models import KeyPage, Lead, Suppression, SuppressionReason
from leads.policy.hours import opening_hours

LONGEST = 254


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def suppression(request: DeskRequest) -> HttpResponse:
    form = SuppressionForm(request.POST or None)
    if form.is_valid():
        if followup.suppress(by=request.user, **form.cleaned_data):
            return saved("suppression")
        form.add_error("address", _("This address is on the list already, for the same reason"))
    q = request.GET.get("q", "").strip().lower()[:LONGEST].replace("\0", "")
    known = Suppression.objects.select_related("by")
    rows = KeyPage.asked(known.filter(address__contains=q) if q else known, request.GET)
    _record(request, "suppression", rows.found)
    return render(request, "leads/clinic/suppression.html", _shown(rows, q) | {"form": form, "lifted": "lifted" in request.GET})


def _shown(rows: KeyPage[Suppression], q: str) -> dict[str, Any]:
    return {"rows": rows.found, "q": q, "zone": opening_hours().zone} | rows.links(q=q)


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def suppression_remove(request: DeskRequest, pk: int) -> HttpResponse:
    """Asks first, and says what the person wanted."""
    row = get_object_or_404(Suppression, pk=pk)
    reason = SuppressionReason(row.reason)
    form = LiftForm(request.POST if request.method == "POST" else None, reason=reason)
    if form.is_valid():
        followup.lift(by=request.user, address=row.address, reason=reason)
        return saved("suppression", note="lifted")
    leads = _record(request, "suppression_remove", [row])
    context = {"form": form, "row": row, "theirs": form.is_theirs, "leads": leads, "zone": opening_hours().zone}
    return render(request, "leads/clinic/suppression_remove.html", context)


def _record(request: DeskRequest, page: str, rows: Iterable[Suppression]) -> list[Lead]:
    """An address is a person: whose addresses a page shows, it shows."""
    leads = list(leads_visible_to(request.user).filter(email__in=[row.address for row in rows]).order_by("-received_at", "-id"))
    record_read(request.user, page, leads, "list", request.id)
    return leads
