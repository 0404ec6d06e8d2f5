"""A lead's tags in a list: the first few as chips, and how many more there are."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from leads.models import Tag

FEW = 3
NONE = SafeString("")


def tag_chips(tags: Sequence[Tag]) -> SafeString:
    if not tags:
        return NONE
    chips = format_html_join("", '<span class="chip {}">{}</span>', ((tag.tone, tag.name) for tag in tags[:FEW]))
    rest = tags[FEW:]
    if not rest:
        return chips
    more = ngettext("%(n)d more tag", "%(n)d more tags", len(rest)) % {"n": len(rest)}
    names = ", ".join(tag.name for tag in rest)
    return format_html('{}<span class="chip" title="{}">+{}<span class="visually-hidden"> {}</span></span>', chips, names, len(rest), more)
