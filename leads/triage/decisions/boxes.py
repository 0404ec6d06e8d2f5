"""Forms whose boxes stand on a lead's page, where one form sends everything: which of them were typed in, and which row is meant."""

from typing import TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict

from leads.triage.decisions.recording import Conflict

Form = TypeVar("Form", bound=forms.Form)
Row = TypeVar("Row", bound=Model)


def boxes_in(typed: QueryDict | None, name: str) -> QueryDict | None:
    """None where the box of this name, and so its form, was not on the page that was sent."""
    return typed if typed and name in typed else None


def as_typed(form: Form) -> Form:
    """With what was typed, where that is something new."""
    form.is_bound = form.is_bound and form.has_changed()
    return form


def one_of(rows: QuerySet[Row], pk: object, otherwise: str) -> Row:
    """The row that was chosen. `otherwise`: the sentence for one that is not among them."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Conflict(otherwise)
    return row
