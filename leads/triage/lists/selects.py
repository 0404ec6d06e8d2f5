"""The filters of the inbox, as the page's selects.

Hashable, so that the form can be kept (leads.triage.words.blanks), and named tuples, because dataclasses take ten times as long to hash.
"""

from collections.abc import Iterable
from typing import NamedTuple, Self

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from leads.models import Screening
from leads.triage.lists.filters import Asked
from leads.triage.lists.narrowing import FILTERS
from leads.triage.lists.own_filters import menus


class Option(NamedTuple):
    value: str
    label: str
    chosen: bool


class Select(NamedTuple):
    name: str
    label: str
    options: tuple[Option, ...]

    @classmethod
    def of(cls, name: str, label: str | Promise, chosen: str, choices: Iterable[tuple[str, str | Promise]]) -> Self:
        return cls(name, str(label), tuple(Option(value, str(words), value == chosen != "") for value, words in choices))


def selects(asked: Asked, *, first: bool = True) -> tuple[Select, ...]:
    """Those in the open, or those under "More filters"."""
    chosen = dict(asked.chosen)
    shown = (
        Select.of(each.name, each.label, chosen.get(each.name, ""), [("", each.every), *each.choices()])
        for each in FILTERS
        if each.first is first
    )
    return (*_screening(asked), *shown) if first else (*shown, *(Select.of(*menu) for menu in menus(asked.own)))


def _screening(asked: Asked) -> tuple[Select, ...]:
    """In Check alone; a search there looks at both."""
    if not asked.in_check:
        return ()
    both_or_one = _("Check and spam") if asked.q else _("In check")
    return (Select.of("screening", _("What to show"), asked.screening, [("", both_or_one), (Screening.SPAM.value, _("Spam"))]),)
