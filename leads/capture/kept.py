"""Public pages as this process rendered them last. They change with the clinic's settings and the language, so why render them twice?"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from leads.capture.attribution import came_from
from leads.capture.language import chosen_language
from leads.models import Clinic

MOST = 32
_pages: dict[tuple[object, ...], str] = {}


def kept(request: HttpRequest, template: str, clinic: Clinic, context: Callable[[], dict[str, Any]]) -> str:
    """The page, rendered at most once for each state of the clinic and language; `context` must come from these alone.

    Links carry along what led somebody here: such a page is their own, and not kept.
    """
    if set(request.GET) - {"lang"} or came_from(request):
        return _rendered(request, template, clinic, context)
    key = (template, get_language(), chosen_language(request), settings.PUBLIC_URL, *_state(clinic))
    if key not in _pages:
        if len(_pages) >= MOST:
            _pages.clear()
        _pages[key] = _rendered(request, template, clinic, context)
    return _pages[key]


def _rendered(request: HttpRequest, template: str, clinic: Clinic, context: Callable[[], dict[str, Any]]) -> str:
    return render_to_string(template, {"clinic": clinic} | context(), request)


def _state(clinic: Clinic) -> list[str]:
    return [repr(getattr(clinic, field.attname)) for field in clinic._meta.concrete_fields]
