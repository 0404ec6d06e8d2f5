"""The visitor's language: the one chosen in the address (`?lang=es`), else the browser's. No cookie remembers it; links carry it along."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from leads.models import Clinic
from leads.policy.form_wording import Wording, wording_in


def chosen_language(request: HttpRequest) -> str:
    """A code, or empty where nobody chose."""
    language = str(request.GET.get("lang", ""))
    return language if language in dict(settings.LANGUAGES) else ""


def chosen(request: HttpRequest) -> dict[str, str]:
    """As part of a query."""
    language = chosen_language(request)
    return {"lang": language} if language else {}


def localised(request: HttpRequest, name: str, *args: str) -> str:
    """The address of a page, in the language that was chosen."""
    query = chosen(request)
    return reverse(name, args=args) + (f"?{urlencode(query)}" if query else "")


def form_words(clinic: Clinic) -> Wording:
    """What the clinic words its own way, in the language of this answer."""
    return wording_in(get_language() or settings.LANGUAGE_CODE, clinic.wording)
