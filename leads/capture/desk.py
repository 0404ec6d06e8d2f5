"""What staff do about arrivals: type in a call or a visit, and decide about what waits in Check."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk
from leads.capture import token
from leads.capture.actions import mark_spam, receive_enquiry, release, unmark_spam
from leads.capture.origin import Origin
from leads.capture.staff_form import StaffEnquiryForm
from leads.models import Clinic, Lead


@desk(Right.WORK_LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_enquiry(request: DeskRequest) -> HttpResponse:
    clinic = Clinic.current()
    form = StaffEnquiryForm(request.POST or None, channels=clinic.channels)
    if form.is_valid():
        sent = token.read(request.POST.get("token", ""))
        receipt = receive_enquiry(
            by=request.user,
            channel=form.cleaned_data["channel"],
            details=form.enquiry(),
            origin=Origin(language=form.cleaned_data["language"]),
            key=sent.id if sent else None,
        )
        messages.success(request, _("Added. %(name)s is on the desk now.") % {"name": form.cleaned_data["name"]})
        return redirect("lead", receipt.reference)
    context = {"form": form, "token": token.issue(), "clinic": clinic}
    return render(request, "leads/capture/add_enquiry.html", context, status=400 if form.is_bound else 200)


def release_lead(request: DeskRequest, lead: Lead) -> str:
    release(by=request.user, lead=lead)
    return _("Released. They are thanked by email where they left one.")


def lead_is_spam(request: DeskRequest, lead: Lead) -> str:
    if mark_spam(by=request.user, lead=lead):
        return _("Marked as spam. Nothing is deleted: Check shows it when you choose “Spam”.")
    return ""


def lead_is_no_spam(request: DeskRequest, lead: Lead) -> str:
    if unmark_spam(by=request.user, lead=lead):
        return _("Put back into Check.")
    return _("This enquiry is not marked as spam.")
