"""How long a session may be idle."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def idle_seconds() -> int:
    return int(settings.IDLE_SECONDS)
