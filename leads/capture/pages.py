"""What every public page needs."""

from django.conf import settings
from django.db import DatabaseError
from django.urls import reverse

from leads.models import Clinic


def clinic_at_hand() -> Clinic:
    """The clinic's current values, or those this process saw last where the database is away: crisis help must show then, too."""
    try:
        return Clinic.current()
    except DatabaseError:
        return Clinic.last_seen()


def public_url(name: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name)}"
