"""What search engines read beside the pages: sitemap, robots, and who the clinic is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from leads.capture.pages import public_url
from leads.models import Clinic

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PAGES = ("home", "contact", "privacy")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    context = {"addresses": [public_url(name) for name in PAGES]}
    return render(request, "leads/capture/sitemap.xml", context, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "leads/capture/robots.txt", {"sitemap": public_url("sitemap")}, content_type="text/plain; charset=utf-8")


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Where browsers look on pages that are not HTML."""
    return redirect(static("leads/icon.svg"), permanent=False)


def structured_data(clinic: Clinic) -> SafeString:
    """A data block: browsers don't run it, so the content security policy lets it be."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalClinic",
        "name": clinic.name,
        "url": public_url("home"),
        "telephone": clinic.phone,
        "address": clinic.address,
        "openingHoursSpecification": [
            {"@type": "OpeningHoursSpecification", "dayOfWeek": DAYS[int(day)], "opens": opens, "closes": closes}
            for day, windows in clinic.hours.items()
            for opens, closes in windows
        ],
    }
    return SafeString(json_script(data).replace("application/json", "application/ld+json"))  # nosec B703: json_script escapes
