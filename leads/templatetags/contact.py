"""How to reach somebody, and when, in a visitor's words."""

import re
from datetime import datetime

from django import template
from django.utils import formats
from django.utils.translation import gettext

register = template.Library()


@register.filter
def dial(number: str) -> str:
    """What comes after `tel:` or `sms:`: `(555) 010-0199` becomes `5550100199`, a leading + stays."""
    plus = "+" if number.strip().startswith("+") else ""
    return plus + re.sub(r"\D", "", number)


@register.filter(expects_localtime=True)
def promise_words(at: datetime) -> str:
    """`Tuesday 24 November, 11:15 am`, in the active time zone."""
    words: str = formats.date_format(at, gettext("l j F, g:i a"), use_l10n=False)
    return words.replace("a.m.", "am").replace("p.m.", "pm")
