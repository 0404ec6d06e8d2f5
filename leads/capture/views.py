"""The public pages, but the contact form (contact.py)."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from leads.capture import search_engines, token
from leads.capture.actions import referral_of
from leads.capture.attribution import trail
from leads.capture.error_pages import page_has_closed
from leads.capture.kept import kept
from leads.capture.language import form_words, localised
from leads.capture.masking import masked_address
from leads.capture.pages import canonical, clinic_at_hand, public_url
from leads.models import Enquiry, Topic


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    clinic = clinic_at_hand()

    def context() -> dict[str, Any]:
        return {
            "contact_url": reverse("contact") + trail(request),
            "canonical": canonical(request, "home"),
            "languages": settings.LANGUAGES,
            "home": public_url("home"),
            "card": settings.PUBLIC_URL + static("leads/card.png"),
            "structured_data": search_engines.structured_data(clinic),
        }

    return HttpResponse(kept(request, "leads/capture/home.html", clinic, context))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    clinic = clinic_at_hand()
    return HttpResponse(kept(request, "leads/capture/privacy.html", clinic, lambda: {"canonical": canonical(request, "privacy")}))


@require_safe
def contact_sent(request: HttpRequest, sent: str) -> HttpResponse:
    """Safe to reload. While the database is away it still says thank you, which is true, without the details."""
    enquiry_id = token.read_sent(sent)
    if enquiry_id is None:
        return page_has_closed(request)
    try:
        enquiry = Enquiry.objects.filter(pk=enquiry_id).first()
        context = _about(enquiry) if enquiry else {}
    except DatabaseError:
        context = {}
    clinic = clinic_at_hand()
    context |= {
        "clinic": clinic,
        "thanks": form_words(clinic).get("thanks"),
        "sent": sent,
        "referral_url": localised(request, "referral", sent),
    }
    response = render(request, "leads/capture/sent.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _about(enquiry: Enquiry) -> dict[str, Any]:
    refers = enquiry.topic == Topic.REFERRAL
    told = refers and referral_of(enquiry).exists()
    return {"enquiry": enquiry, "reach": masked_address(enquiry), "refers": refers, "told": told}
