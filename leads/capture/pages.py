"""What every public page needs."""

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse

from leads.capture.language import localised
from leads.models import Clinic


def clinic_at_hand() -> Clinic:
    """The clinic's current values, or those this process saw last where the database is away: crisis help must show then, too."""
    try:
        return Clinic.current()
    except (DatabaseError, Clinic.DoesNotExist):
        return Clinic.last_seen()


def public_url(name: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name)}"


def canonical(request: HttpRequest, name: str) -> str:
    """The one address of a page for search engines: without what led here, with the language that was chosen."""
    return f"{settings.PUBLIC_URL}{localised(request, name)}"
