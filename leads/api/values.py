"""What stands in the clinic's own fields of a lead, changed by programs."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from leads.api.answers import asking
from leads.api.changes import Change, changing
from leads.api.errors import Errors
from leads.api.fields import read_object, refuse
from leads.models import CustomField
from leads.policy.custom_values import NO, YES
from leads.triage.details.field_values import UnfitFields, set_fields

BODY = {
    "application/json": {
        "type": "object",
        "additionalProperties": {"oneOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}, {"type": "null"}]},
    }
}


class FieldsOfLead(Change):
    noun = "fields"

    @changing("set_fields", "Fills the clinic's own fields, by their keys: all that are sent, or none. Null empties one.", BODY)
    def post(self, request: Request, reference: str) -> Response:
        lead = self.lead(request, reference)
        try:
            set_fields(by=asking(request), lead=lead, texts=_texts(request.data))
        except UnfitFields as unfit:
            raise refuse(unfit.errors) from None
        return self.answer(request, lead)


def _texts(data: Any) -> dict[CustomField, str]:
    errors: Errors = {}
    texts: dict[CustomField, str] = {}
    for key, value in read_object(data).items():
        field, text = CustomField.objects.in_use(key), _as_typed(value)
        if field is None:
            errors[key] = [_("There is no such field.")]
        elif text is None:
            errors[key] = [_("Send text, a number, true, false or null.")]
        else:
            texts[field] = text
    if errors:
        raise refuse(errors)
    return texts


def _as_typed(value: Any) -> str | None:
    """As a person would type it; None where it is none of these."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return f"{Decimal(str(value)):f}"
    return "" if value is None else value if isinstance(value, str) else None
