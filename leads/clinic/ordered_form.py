"""A short list as one form: each row has a name and a place, the last one adds another, and buttons move a row up or down."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Protocol

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

MOST = 200
POSITION_ERRORS = dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("Enter a place from 1 to %d") % MOST)


class Named(Protocol):
    pk: int
    name: str


class OrderedForm(forms.Form):
    """Fields are called `<field>_<id>`. Of `rows` those that came after the page was opened are left as they are."""

    name_length: ClassVar[int]
    parts: ClassVar[tuple[str, ...]] = ("name", "position")

    def __init__(self, data: QueryDict | None, *, rows: Sequence[Named]) -> None:
        super().__init__(data)
        self.shown = [row for row in rows if data is None or f"name_{row.pk}" in data]
        for place, row in enumerate(self.shown, start=1):
            position = forms.IntegerField(label=_("Place"), min_value=1, max_value=MOST, initial=place, error_messages=POSITION_ERRORS)
            fields = {"name": self._name_field(row.name), "position": position} | self.more_fields(row)
            self.fields |= {f"{part}_{row.pk}": field for part, field in fields.items()}
        self.fields["new_name"] = self._name_field("", required=False)

    def _name_field(self, name: str, *, required: bool = True) -> forms.CharField:
        errors = {"required": _("Give each one a name"), "max_length": _("Shorten the name to %(limit_value)d characters")}
        return forms.CharField(label=_("Name"), max_length=self.name_length, initial=name, required=required, error_messages=errors)

    def more_fields(self, row: Any) -> dict[str, forms.Field]:
        """Of one row, beside its name and place."""
        return {}

    def rows(self) -> Iterator[tuple[Named, list[forms.BoundField]]]:
        return ((row, [self[f"{part}_{row.pk}"] for part in self.parts]) for row in self.shown)

    def clean(self) -> dict[str, Any]:
        """Programs may say a name, and people choose by it: no two share one."""
        cleaned = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for field in [*(f"name_{row.pk}" for row in self.shown), "new_name"]:
            name = cleaned.get(field, "").casefold()
            if name and name in seen:
                self.add_error(field, _now("There is one of this name already"))
            seen.add(name)
        return cleaned

    def wished(self) -> dict[int, dict[str, Any]]:
        """In the order that was typed; of two in one place the earlier stays before. A button moves one row past its neighbour."""
        data, parts = self.cleaned_data, [part for part in self.parts if part != "position"]
        order = sorted((row.pk for row in self.shown), key=lambda pk: data[f"position_{pk}"])
        _move(order, self.data.get("up", ""), -1)
        _move(order, self.data.get("down", ""), 1)
        return {pk: {part: data[f"{part}_{pk}"] for part in parts} for pk in order}


def _move(order: list[int], wanted: str, step: int) -> None:
    place = next((place for place, pk in enumerate(order) if str(pk) == wanted), None)
    if place is not None and 0 <= place + step < len(order):
        order[place], order[place + step] = order[place + step], order[place]
