"""The contact page. No session and no cookie: the form's own signed token stands for them, so that it works embedded, too."""

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leads.capture import notices, token
from leads.capture.actions import receive_enquiry
from leads.capture.attribution import came_from, trail, utm_of
from leads.capture.contact_form import ContactForm
from leads.capture.error_pages import bad_request, too_large
from leads.capture.language import localised
from leads.capture.limits import Flooded
from leads.capture.origin import origin_of
from leads.capture.pages import canonical, clinic_at_hand
from leads.models import Channel, Clinic

logger = logging.getLogger(__name__)


@csrf_exempt  # There is no session to forge: the form signs in nobody and shows nothing. Its token is checked instead.
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponseBase:
    clinic = clinic_at_hand()
    if request.method != "POST":
        return _page(request, ContactForm(channels=clinic.channels), clinic)
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return too_large(request)  # Before anything is read: Django counts the fields of an upload, not its files.
    try:
        form = ContactForm(request.POST, channels=clinic.channels)
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return too_large(request)
    except (MultiPartParserError, UnreadablePostError):
        return bad_request(request)
    if form.is_ready:
        return _receive(request, form, clinic)
    return _page(request, form, clinic, notices.run_out() if form.has_run_out else None)


def _receive(request: HttpRequest, form: ContactForm, clinic: Clinic) -> HttpResponse:
    origin = origin_of(request, page=request.path, referrer=came_from(request), utm=utm_of(request), suspicions=form.suspicions)
    key = form.form_token.id if form.form_token else None
    try:
        receipt = receive_enquiry(by=None, channel=Channel.FORM, details=form.cleaned_data, origin=origin, key=key)
    except Flooded:
        return _page(request, form, clinic, notices.flooded(), status=429)
    except DatabaseError as error:
        logger.error("an enquiry could not be saved: %s", type(error).__name__)  # its text could quote what was typed
        return _page(request, form, clinic, notices.away(), status=503)
    return HttpResponse(status=303, headers={"Location": localised(request, "contact_sent", token.sent(receipt.enquiry_id))})


def _page(
    request: HttpRequest, form: ContactForm, clinic: Clinic, problem: notices.Notice | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "clinic": clinic,
        "form": form,
        "action": reverse("contact") + trail(request),
        "token": form.token_for_page(),
        "asked_again": form.has_run_out or "asked_again" in form.data,
        "email_offered": "email_offered" in form.data,
        "meant_email": form.meant_email,
        "problem": problem,
        "canonical": canonical(request, "contact"),
    }
    response = render(request, "leads/capture/contact.html", context, status=status)
    # What somebody typed is kept nowhere on the way; the empty page may come back with the Back button, its fields still filled in.
    response.headers["Cache-Control"] = "no-store" if form.is_bound else "private, no-cache"
    if status in (429, 503):
        response.headers["Retry-After"] = "60"
    return response
