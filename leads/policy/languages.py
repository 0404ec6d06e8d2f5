"""The languages that visitors can read."""

from django.conf import settings


def language_name(code: str) -> str:
    """As those who speak it call it. One that is no longer offered is told by its code."""
    return str(dict(settings.LANGUAGES).get(code, code))
