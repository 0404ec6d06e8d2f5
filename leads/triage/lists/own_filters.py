"""Filters by what the clinic itself put on leads: its tags, and its fields but for the sealed ones.

In an address: `tag` is a tag's number; `f_<key>` a choice's number, or yes or no; `f_<key>_from` and `f_<key>_to` bounds of a number or
a date, both included. Whatever makes no sense is left out, never an error.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.utils.translation import gettext as _

from leads.models import CustomField, FieldChoice, FieldKind, FieldValue, LeadQuerySet, Tag
from leads.models.custom_field import COLUMNS
from leads.models.tag import tagged
from leads.policy.custom_values import NO, YES, Unfit, read

RANGES = (FieldKind.NUMBER, FieldKind.DATE)
EQUALS = (FieldKind.CHOICE, FieldKind.YES_NO)
FROM, TO = "_from", "_to"
LOOKUPS = {FROM: "gte", TO: "lte"}


@dataclass(frozen=True)
class Wanted:
    """One condition: what was asked, and what it means."""

    name: str  # in the address
    typed: str
    field: int
    lookup: str
    value: str | Decimal | date | bool | int


@dataclass(frozen=True)
class OwnFilters:
    tag: int | None = None
    wanted: tuple[Wanted, ...] = ()

    @classmethod
    def by(cls, query: Mapping[str, str]) -> Self:
        if not any(name == "tag" or name.startswith("f_") for name in query):
            return cls()
        tag = next((tag.pk for tag in Tag.objects.known() if str(tag.pk) == query.get("tag")), None)
        return cls(tag, tuple(wanted for field in CustomField.objects.known() for wanted in _wanted(field, query)))

    def __bool__(self) -> bool:
        return self.tag is not None or bool(self.wanted)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As they stand in an address: (name, value)."""
        tag = [("tag", str(self.tag))] if self.tag is not None else []
        return [*tag, *((wanted.name, wanted.typed) for wanted in self.wanted)]

    def narrow(self, leads: LeadQuerySet) -> LeadQuerySet:
        if self.tag is not None:
            leads = tagged(leads, [self.tag])
        for wanted in self.wanted:
            values = FieldValue.objects.filter(field_id=wanted.field, **{wanted.lookup: wanted.value})
            leads = leads.filter(pk__in=values.values("lead_id"))
        return leads

    def typed(self, name: str) -> str:
        """What was asked for under this name, for its input."""
        return next((wanted.typed for wanted in self.wanted if wanted.name == name), "")


def names_of(field: CustomField) -> tuple[str, ...]:
    """Under which it is asked for in an address; none where it can't be."""
    name = f"f_{field.key}"
    if field.kind in RANGES:
        return name + FROM, name + TO
    return (name,) if field.kind in EQUALS else ()


def _wanted(field: CustomField, query: Mapping[str, str]) -> Iterable[Wanted]:
    for name in names_of(field):
        typed = query.get(name, "")
        value = _value(field, typed) if typed else None
        if value is not None:
            ending = next((ending for ending in LOOKUPS if field.kind in RANGES and name.endswith(ending)), "")
            lookup = f"{COLUMNS[field.kind]}__{LOOKUPS.get(ending, 'exact')}"
            yield Wanted(name, typed, field.pk, lookup, value)


def _value(field: CustomField, typed: str) -> str | Decimal | date | bool | int | None:
    """A choice by its number, else by its label as programs know it, also one that is no longer offered."""
    if field.kind == FieldKind.CHOICE:
        choices = {choice.pk: choice.label.casefold() for choice in field.choices.all()}
        found = [pk for pk in choices if typed == str(pk)] or [pk for pk, label in choices.items() if typed.casefold() == label]
        return found[0] if found else None
    try:
        value = read(field, typed)
    except Unfit:
        return None
    return None if isinstance(value, FieldChoice) else value


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number or a date, from and to. Hashable, so that the form can be kept (leads.triage.words.blanks)."""

    label: str
    type: str
    lower: tuple[str, str]  # name and value
    upper: tuple[str, str]


def bounds(own: OwnFilters) -> tuple[Bounds, ...]:
    fields = (field for field in CustomField.objects.known() if field.kind in RANGES)
    return tuple(_bounds(field, own) for field in fields)


def _bounds(field: CustomField, own: OwnFilters) -> Bounds:
    lower, upper = names_of(field)
    kind = "date" if field.kind == FieldKind.DATE else "text"
    return Bounds(field.label, kind, (lower, own.typed(lower)), (upper, own.typed(upper)))


def menus(own: OwnFilters) -> list[tuple[str, str, str, tuple[tuple[str, str], ...]]]:
    """(name, label, what is chosen, options) of each menu that this adds to the filters."""
    known = Tag.objects.known()
    made: list[Any] = []
    if known:
        made.append(("tag", _("Tag"), str(own.tag or ""), (("", _("Any tag")), *((str(tag.pk), tag.name) for tag in known))))
    for field in CustomField.objects.known():
        if field.kind in EQUALS:
            (name,) = names_of(field)
            made.append((name, field.label, own.typed(name), (("", _("%(field)s: any") % {"field": field.label}), *_options(field))))
    return made


def _options(field: CustomField) -> list[tuple[str, str]]:
    if field.kind == FieldKind.YES_NO:
        words = ((YES, _("Yes")), (NO, _("No")))
        return [(value, _("%(field)s: %(value)s") % {"field": field.label, "value": word}) for value, word in words]
    return [(str(choice.pk), choice.label) for choice in field.choices.all()]
