"""Browsers and machines by the names that their owners know."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# In this order: most browsers also name the one that they are descended from.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
MACHINES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


@register.filter
def device(user_agent: str) -> str:
    """`Mozilla/5.0 (X11; Linux x86_64) …` as `Chrome, Linux`; what is not known stays as it came."""
    found = [next((name for mark, name in names.items() if mark in user_agent), "") for names in (BROWSERS, MACHINES)]
    return ", ".join(filter(None, found)) or user_agent[:80] or _("Unknown device")
