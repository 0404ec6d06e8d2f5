"""How to reach somebody, as links."""

import re

from django import template

register = template.Library()


@register.filter
def dial(number: str) -> str:
    """What comes after `tel:` or `sms:`: `(555) 010-0199` becomes `5550100199`, a leading + stays."""
    plus = "+" if number.strip().startswith("+") else ""
    return plus + re.sub(r"\D", "", number)
