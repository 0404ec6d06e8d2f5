"""How and when to be reached: the visitor says so on their own page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leads.capture.limits import count_change
from leads.capture.masking import masked_email, masked_phone
from leads.capture.own_forms import ContactRuleForm
from leads.capture.own_views import back, own
from leads.capture.pages import clinic_at_hand
from leads.capture.visit import Visit
from leads.followup.contact import confirm_address, say_how_to_reach, waiting_address
from leads.models import Clinic, ContactRule, Days, Enquiry, Lead, ReplyBy


@own
def contact_rule(request: HttpRequest, visit: Visit) -> HttpResponse:
    """From the thank-you page it is only asked for: a colleague looks at it before it holds."""
    if visit.new_email:
        return back(request, visit)
    clinic, who = clinic_at_hand(), visit.enquiry or visit.lead
    data = request.POST if request.method == "POST" else None
    form = ContactRuleForm(
        data, channels=clinic.channels, has_email=bool(who.email), has_phone=bool(who.phone), initial=_initial(visit, clinic)
    )
    if not form.is_valid():
        return render(request, "leads/capture/own_contact.html", {"clinic": clinic, "form": form, "visit": visit, **_known(visit)})
    count_change(visit.lead)
    say_how_to_reach(lead=visit.lead, wishes=form.cleaned_data, by=None, proven=visit.by_mail)
    return back(request, visit, _said(visit, form.cleaned_data["email"]))


def _said(visit: Visit, new_email: str) -> str:
    if not visit.by_mail:
        return "asked"
    return "address" if new_email and new_email != visit.lead.email else "kept"


def _known(visit: Visit) -> dict[str, str]:
    """What we have, as far as whoever looks over the shoulder may see it."""
    who, waiting = visit.enquiry or visit.lead, waiting_address(visit.lead) if visit.by_mail else None
    return {
        "email": masked_email(who.email) if who.email else "",
        "phone": masked_phone(who.phone) if who.phone else "",
        "waiting_email": masked_email(waiting.email) if waiting else "",
    }


def _initial(visit: Visit, clinic: Clinic) -> dict[str, Any]:
    rule = visit.lead.contact_rules.in_use().first() if visit.by_mail else None
    return wishes_now(visit.enquiry or visit.lead, rule, clinic)


def wishes_now(who: Enquiry | Lead, rule: ContactRule | None, clinic: Clinic) -> dict[str, Any]:
    """What holds; before anything was said, whatever the addresses that they gave allow."""
    if rule:
        return {name: getattr(rule, name) for name in ("channels", "times", "days", "may_leave_voicemail", "may_say_name")}
    reachable = [channel for channel in clinic.channels if (who.email if channel == ReplyBy.EMAIL else who.phone)]
    return {"channels": reachable, "days": Days.ANY.value, "may_leave_voicemail": who.may_leave_voicemail}


@own
def address(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The link was mailed to the new address, and whoever reads it pressed the button."""
    if request.method == "POST" and visit.new_email:
        confirm_address(lead=visit.lead, address=visit.new_email, by=None)
        return back(request, visit, "moved")
    return back(request, visit)
