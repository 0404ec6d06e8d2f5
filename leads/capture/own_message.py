"""A visitor adds a message from their own page: an enquiry like any other, and the link says whose it is."""

import logging
from datetime import timedelta
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leads.capture import notices
from leads.capture import token as tokens
from leads.capture.actions import receive_enquiry
from leads.capture.language import localised
from leads.capture.limits import Flooded
from leads.capture.notices import Notice
from leads.capture.origin import origin_of
from leads.capture.own_forms import AddMessageForm
from leads.capture.own_views import back, run_out
from leads.capture.pages import clinic_at_hand
from leads.capture.posted import refusal
from leads.capture.visit import Visit, visit_of
from leads.models import Channel

logger = logging.getLogger(__name__)
# Whoever began to write while the link was good can send what they wrote, for as long as the form lives.
GRACE = timedelta(seconds=tokens.FORM_LIFETIME)


@csrf_exempt  # as in own_views.py: the link's token is in the address
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, token: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponse(status=303, headers={"Location": localised(request, "own_page", token)})
    if refused := refusal(request):
        return refused
    form = AddMessageForm(request.POST)
    try:
        visit = visit_of(token, GRACE)
        if visit is None:
            return run_out(request, token)
        if visit.new_email:
            return back(request, visit)
        if form.is_ready:
            return _receive(request, form, visit)
    except Flooded:
        return _page(request, form, token, notices.flooded(), status=429)
    except DatabaseError as error:
        logger.error("a message could not be saved: %s", type(error).__name__)  # its text could quote what was typed
        return _page(request, form, token, notices.away(), status=503)
    return _page(request, form, token, notices.own_page_run_out() if form.has_run_out else None)


def _receive(request: HttpRequest, form: AddMessageForm, visit: Visit) -> HttpResponse:
    """The thank-you page follows, with crisis help first where the words ask for it."""
    receipt = receive_enquiry(
        by=None,
        channel=Channel.OWN_PAGE,
        details=_details(visit, form.cleaned_data["message"]),
        origin=origin_of(request, page="/my/", referrer="", suspicions=form.suspicions),  # its address is a key, and kept nowhere
        key=form.form_token.id if form.form_token else None,
        joins=visit.lead,
    )
    return HttpResponse(status=303, headers={"Location": localised(request, "contact_sent", tokens.sent(receipt.enquiry_id))})


def _details(visit: Visit, text: str) -> dict[str, Any]:
    """Of somebody who comes from the thank-you page we go by what they typed there. Consent was given before, and is not asked anew."""
    who = visit.enquiry or visit.lead
    known = {name: getattr(who, name) for name in ("name", "email", "phone", "may_leave_voicemail")}
    return known | {"message": text, "topic": "", "reply_by": "", "consent_reply": False, "consent_followup": False}


def _page(request: HttpRequest, form: AddMessageForm, token: str, problem: Notice | None, status: int = 200) -> HttpResponse:
    """Asks the database nothing: what was typed is still there while it is away."""
    context = {"clinic": clinic_at_hand(), "form": form, "token": token, "problem": problem, "asked_again": form.has_run_out}
    response = render(request, "leads/capture/own_message.html", context, status=status)
    if status in (429, 503):
        response.headers["Retry-After"] = "60"
    return response
