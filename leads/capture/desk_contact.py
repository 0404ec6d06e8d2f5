"""How and when somebody may be reached, as they told a colleague: on the phone, or at the desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk, get_lead, record_read
from leads.capture.own_contact import wishes_now
from leads.capture.staff_form import StaffContactRuleForm
from leads.followup.contact import write_down_how_to_reach
from leads.models import Clinic


@desk(Right.WORK_LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: DeskRequest, reference: str) -> HttpResponse:
    found, clinic = get_lead(request.user, reference, Right.WORK_LEADS), Clinic.current()
    form = StaffContactRuleForm(
        request.POST if request.method == "POST" else None,
        channels=clinic.channels,
        has_email=bool(found.email),
        has_phone=bool(found.phone),
        initial=wishes_now(found, found.contact_rules.in_use().first(), clinic),
    )
    if not form.is_valid():
        record_read(request.user, "lead_reach", [found], "details", request.id)
        return render(request, "leads/capture/reach.html", {"form": form, "lead": found}, status=400 if form.is_bound else 200)
    if write_down_how_to_reach(lead=found, wishes=form.cleaned_data, by=request.user):
        messages.success(request, _("It holds from now on."))
    else:
        messages.error(request, _("This enquiry has not been released. Release it first."))
    return redirect("lead", found.reference)
