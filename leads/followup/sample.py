"""The made-up person to whom mails are shown before anybody gets them."""

from leads.models import Lead

REFERENCE = "TEST-MAIL"  # its I and L are no letters of ours, so it is nobody's


def vera(language: str) -> Lead:
    """Never stored."""
    return Lead(name="Vera", email="vera@example.com", reference=REFERENCE, language=language)
