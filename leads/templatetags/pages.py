"""Addresses of public pages in the language the visitor chose, and the same page in another one."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from leads.capture.language import localised

register = template.Library()


@register.simple_tag(takes_context=True)
def page(context: dict[str, Any], name: str) -> str:
    request: HttpRequest | None = context.get("request")
    return localised(request, name) if request else reverse(name)


@register.simple_tag(takes_context=True)
def own_page(context: dict[str, Any], name: str, token: str) -> str:
    """An address of the visitor's own page."""
    return localised(context["request"], name, token)


@register.simple_tag(takes_context=True)
def other_languages(context: dict[str, Any]) -> list[dict[str, str]]:
    """`[{"code": "es", "name": "Español", "address": "?lang=es"}]`; none where a form is answered, for a link would lose what was typed."""
    request: HttpRequest | None = context.get("request")
    if request is None or request.method not in ("GET", "HEAD"):
        return []
    return [
        {"code": code, "name": name, "address": _same_page(request, code)} for code, name in settings.LANGUAGES if code != get_language()
    ]


def _same_page(request: HttpRequest, code: str) -> str:
    query = request.GET.copy()
    query["lang"] = code
    return f"?{query.urlencode()}"
