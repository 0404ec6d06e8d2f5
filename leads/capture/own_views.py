"""The visitor's own page: a link stands for the visitor, so there is no login, no session and no cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leads.capture.actions import ask_about_data
from leads.capture.error_pages import say
from leads.capture.language import chosen, localised
from leads.capture.limits import Flooded
from leads.capture.own_bookings import own_bookings
from leads.capture.own_forms import AddMessageForm
from leads.capture.pages import clinic_at_hand
from leads.capture.posted import refusal
from leads.capture.standing import standing_of
from leads.capture.visit import Visit, visit_of, whose
from leads.followup.actions import opt_out
from leads.followup.contact import send_fresh_link
from leads.models import PrivacyRequestKind, Suppression

VisitView = Callable[[HttpRequest, Visit], HttpResponse]
SAID = ("stopped", "kept", "asked", "address", "moved", "requested")  # what a change says on the page that follows it


def own(view: VisitView) -> Callable[[HttpRequest, str], HttpResponse]:
    """A view of a visit. The token is the permission, and it is in the address that a form is sent to: a stranger can forge neither."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        if request.method == "POST" and (refused := refusal(request)):
            return refused
        visit = visit_of(token)
        try:
            return view(request, visit) if visit else run_out(request, token)
        except Flooded:
            return too_often(request)

    return guarded


def change(view: VisitView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Changed by POST alone, and only by whoever reads our mail to this lead; anything else leads to the page."""

    def only_by_post(request: HttpRequest, visit: Visit) -> HttpResponse:
        allowed = request.method == "POST" and visit.by_mail
        return view(request, visit) if allowed else back(request, visit)

    return own(wraps(view)(only_by_post))


def run_out(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "leads/capture/own_run_out.html", {"clinic": clinic_at_hand(), "token": token})


def too_often(request: HttpRequest) -> HttpResponse:
    return say(request, _("That was changed very often"), _("Wait an hour, or call us, and a person will see to it."), 429)


def back(request: HttpRequest, visit: Visit, said: str = "") -> HttpResponse:
    address = localised(request, "own_page", visit.token)
    if said:
        address = f"{address.partition('?')[0]}?{urlencode(chosen(request) | {'said': said})}"
    return HttpResponse(status=303, headers={"Location": address})


@own
def own_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Shows no name, address or reference: whoever looks over the shoulder learns that somebody wrote to us."""
    if visit.new_email:
        return render(request, "leads/capture/own_address.html", {"clinic": clinic_at_hand(), "visit": visit})
    said = request.GET.get("said", "")
    context = {"clinic": clinic_at_hand(), "visit": visit, "standing": standing_of(visit, timezone.now())}
    context |= {"said": said if said in SAID else "", "form": AddMessageForm()} | (_more(visit) if visit.by_mail else {})
    return render(request, "leads/capture/own_page.html", context)


def _more(visit: Visit) -> dict[str, Any]:
    """What is shown to whoever reads our mail to this lead."""
    asked = set(visit.lead.privacy_requests.filter(done_at=None).values_list("kind", flat=True))
    return {
        "bookings": list(own_bookings(visit.lead, clinic_at_hand(), timezone.now())),
        "stopped": Suppression.objects.filter(address=visit.lead.email).exists(),
        "requests": [{"kind": kind.value, "asked": kind in asked} for kind in PrivacyRequestKind],
    }


@change
def stop(request: HttpRequest, visit: Visit) -> HttpResponse:
    opt_out(lead=visit.lead, by=None)
    return back(request, visit, "stopped")


@change
def request_data(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A copy, or deletion. A person sees to it."""
    kind = str(request.POST.get("kind", ""))
    if kind not in PrivacyRequestKind.values:
        return back(request, visit)
    ask_about_data(by=None, lead=visit.lead, kind=PrivacyRequestKind(kind))
    return back(request, visit, "requested")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def fresh_link(request: HttpRequest, token: str) -> HttpResponse:
    """Says the same whatever the link is and whoever it belongs to."""
    if request.method != "POST":
        return HttpResponse(status=303, headers={"Location": localised(request, "own_page", token)})
    if lead := whose(token):
        send_fresh_link(lead=lead, by=None)
    return say(
        request,
        _("Look into your mailbox"),
        _("If you gave us an email address, a fresh link is on its way to it. If nothing comes, call us or write to us again."),
        200,
    )
