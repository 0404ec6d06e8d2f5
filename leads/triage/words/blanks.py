"""A template rendered once, with blanks where the values go. Filling the blanks costs a tenth of rendering it anew.

For what every page shows alike but for a few texts, and for each row of a list. Such a template gets texts and flags and prints
them as they are: no filters, and it may ask whether one is there, not what it is. Whatever decides more than that is `given`: the
template is rendered once for each given value, each set of texts that are there, and each language.

Texts are escaped when they are filled in, as templates do it.
"""

import re
from collections.abc import Hashable, Mapping
from functools import lru_cache
from html import escape
from secrets import token_hex
from types import MappingProxyType

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from leads.triage.words.wording import language

Values = dict[str, str | bool]
Given = Mapping[str, Hashable]

MARK = token_hex(16)  # nobody can type it
MARKUP = re.compile("[&<>\"']")  # what escape() changes
BLANK = re.compile(f"{MARK}-(\\w+)-{MARK}")
NOTHING: Given = MappingProxyType({})


def filled(template: str, values: Values, given: Given = NOTHING) -> SafeString:
    there = tuple(filter(values.get, values))
    form, blanks = _with_blanks(template, language(), there, tuple(given.items()))
    if MARKUP.search("".join(map(str, values.values()))):  # Hardly ever: one look at all of them spares many at each.
        values = {name: _escaped(values[name]) for name in blanks}
    return SafeString(form % values)  # nosec B703: escaped where there is anything to escape


@lru_cache(maxsize=512)
def _with_blanks(
    template: str, _language: str | None, there: tuple[str, ...], given: tuple[tuple[str, Hashable], ...]
) -> tuple[str, set[str]]:
    """`<a href="%(url)s">%(name)s</a>`, and what goes there: url and name."""
    marks = {name: SafeString(f"{MARK}-{name}-{MARK}") for name in there}  # nosec B703: our own letters
    page = render_to_string(template, dict(given) | marks)
    return BLANK.sub(r"%(\1)s", page.replace("%", "%%")), set(BLANK.findall(page))


def _escaped(value: str | bool) -> str:
    return value if isinstance(value, SafeString) else escape(str(value))
