"""The contact page. No session and no cookie: the form's own signed token stands for them, so that it works embedded, too."""

import logging
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leads.capture import notices, token
from leads.capture.actions import receive_enquiry
from leads.capture.attribution import came_from, trail, utm_of
from leads.capture.contact_form import ContactForm
from leads.capture.kept import kept
from leads.capture.language import form_words, localised
from leads.capture.limits import Flooded
from leads.capture.origin import origin_of
from leads.capture.pages import canonical, clinic_at_hand
from leads.capture.posted import refusal
from leads.models import Channel, Clinic

logger = logging.getLogger(__name__)
TEMPLATE = "leads/capture/contact.html"
TOKENS_PLACE = "the-token-of-the-form"


@csrf_exempt  # There is no session to forge: the form signs in nobody and shows nothing. Its token is checked instead.
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponseBase:
    clinic = clinic_at_hand()
    if request.method != "POST":
        return _empty_page(request, clinic)
    if refused := refusal(request):
        return refused
    form = _form(clinic, request.POST)
    if form.is_ready:
        return _receive(request, form, clinic)
    return _page(request, form, clinic, notices.run_out() if form.has_run_out else None)


def _receive(request: HttpRequest, form: ContactForm, clinic: Clinic) -> HttpResponse:
    whence: dict[str, Any] = {"referrer": came_from(request), "utm": utm_of(request), "zone": form.sent("zone")}
    origin = origin_of(request, page=request.path, suspicions=form.suspicions, **whence)
    key = form.form_token.id if form.form_token else None
    try:
        receipt = receive_enquiry(by=None, channel=Channel.FORM, details=form.cleaned_data, origin=origin, key=key)
    except Flooded:
        return _page(request, form, clinic, notices.flooded(), status=429)
    except DatabaseError as error:
        logger.error("an enquiry could not be saved: %s", type(error).__name__)  # its text could quote what was typed
        return _page(request, form, clinic, notices.away(), status=503)
    return HttpResponse(status=303, headers={"Location": localised(request, "contact_sent", token.sent(receipt.enquiry_id))})


def _empty_page(request: HttpRequest, clinic: Clinic) -> HttpResponse:
    def context() -> dict[str, Any]:
        return _context(request, _form(clinic), clinic) | {"token": TOKENS_PLACE}

    page = kept(request, TEMPLATE, clinic, context).replace(TOKENS_PLACE, token.issue())
    # May come back with the Back button, its fields still filled in.
    return HttpResponse(page, headers={"Cache-Control": "private, no-cache"})


def _page(
    request: HttpRequest, form: ContactForm, clinic: Clinic, problem: notices.Notice | None = None, status: int = 200
) -> HttpResponse:
    response = render(request, TEMPLATE, _context(request, form, clinic) | {"clinic": clinic, "problem": problem}, status=status)
    response.headers["Cache-Control"] = "no-store"  # What somebody typed is kept nowhere on the way.
    if status in (429, 503):
        response.headers["Retry-After"] = "60"
    return response


def _form(clinic: Clinic, data: QueryDict | None = None) -> ContactForm:
    return ContactForm(data, channels=clinic.channels, message_hint=form_words(clinic).get("message_hint", ""))


def _context(request: HttpRequest, form: ContactForm, clinic: Clinic) -> dict[str, Any]:
    return {
        "form": form,
        "wording": form_words(clinic),
        "action": reverse("contact") + trail(request),
        "token": form.token_for_page(),
        "zone": form.sent("zone"),
        "asked_again": form.has_run_out or "asked_again" in form.data,
        "email_offered": "email_offered" in form.data,
        "meant_email": form.meant_email,
        "canonical": canonical(request, "contact"),
    }
