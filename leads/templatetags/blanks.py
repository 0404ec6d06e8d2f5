"""Templates with blanks (leads.triage.words.blanks), as other templates ask for them."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from leads.triage.lists.rows import Row
from leads.triage.words.blanks import filled
from leads.triage.words.wording import one_language

register = template.Library()


@register.simple_tag
def fill(template: str, /, **values: Any) -> SafeString:
    """Texts and flags are filled in, anything else is given."""
    blanks = {name: value for name, value in values.items() if isinstance(value, str | bool)}
    return filled(template, blanks, {name: value for name, value in values.items() if name not in blanks})


@register.simple_tag
def fill_each(template: str, rows: Iterable[Row], /, **values: str | bool) -> SafeString:
    """Once for every row of a list; `values` are what all of them have in common."""
    with one_language():
        return SafeString("".join([filled(template, row.values() | values) for row in rows]))  # nosec B703: each is a SafeString
