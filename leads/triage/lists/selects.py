"""The filters of the inbox, as the page's selects.

Hashable, so that the form can be kept (leads.triage.words.blanks), and named tuples, because dataclasses take ten times as long to hash.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _

from leads.models import Screening
from leads.triage.lists.filters import Asked
from leads.triage.lists.narrowing import FILTERS, Choice
from leads.triage.lists.own_filters import menus


class Select(NamedTuple):
    name: str
    label: str
    chosen: str
    options: tuple[Choice, ...]


def selects(asked: Asked, *, first: bool = True) -> tuple[Select, ...]:
    """Those in the open, or those under "More filters"."""
    chosen, shown = dict(asked.chosen), []
    for each in FILTERS:
        if each.first is first:
            label, every = each.in_words()
            shown.append(Select(each.name, label, chosen.get(each.name, ""), (("", every), *each.choices())))
    return (*_screening(asked), *shown) if first else (*shown, *(Select(*menu) for menu in menus(asked.own)))


def _screening(asked: Asked) -> tuple[Select, ...]:
    """In Check alone; a search there looks at both."""
    if not asked.in_check:
        return ()
    both_or_one = _("Check and spam") if asked.q else _("In check")
    return (Select("screening", _("What to show"), asked.screening, (("", both_or_one), (Screening.SPAM.value, _("Spam")))),)
