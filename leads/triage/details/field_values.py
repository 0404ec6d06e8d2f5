"""What stands in the clinic's own fields of one lead, changed by staff and by programs."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from leads.models import CustomField, Event, EventKind, FieldValue, Lead
from leads.models.custom_field import COLUMNS, Value
from leads.policy.custom_values import Unfit, read, shown, typed
from leads.triage.decisions.recording import By, Conflict, key_of, lock, person, refuse_unless_accepted
from leads.triage.details.changed_values import before_and_after, pair
from leads.triage.details.detail_changed import DetailChanged

PREFIX = "f-"  # before a field's key, wherever the details of a lead have names of their own, too


@transaction.atomic
def set_field(*, by: By, lead: Lead, field: CustomField, text: str, opened: str | None = None) -> Event | None:
    """`text` as somebody typed it, "" empties the field; Unfit where it can't stand there. `opened`: what stood there when they began to
    type; DetailChanged where it is something else now. None where it stands there already.
    """
    lock(lead)
    refuse_unless_accepted(lead)
    before = value_of(lead, field)
    value = read(field, text, before)
    if typed(before) == typed(value):
        return None
    if opened is not None and opened != typed(before):
        raise DetailChanged.of(lead, PREFIX + field.key, now=typed(before), shown=shown(before))
    _set(lead, field, value)
    data = {"noun": "fields", "field": PREFIX + field.key} | key_of(by)
    return Event.objects.create(lead=lead, kind=EventKind.CUSTOM_FIELD, by=person(by), data=data, text=pair(typed(before), typed(value)))


class UnfitFields(ValueError):
    """What can't stand in which field: a sentence for each key."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__()
        self.errors = errors


@transaction.atomic
def set_fields(*, by: By, lead: Lead, texts: Mapping[CustomField, str]) -> None:
    """All of them or, where one is unfit, none."""
    errors: dict[str, list[str]] = {}
    for field, text in texts.items():
        try:
            set_field(by=by, lead=lead, field=field, text=text)
        except Unfit as unfit:
            errors[field.key] = [str(unfit)]
    if errors:
        raise UnfitFields(errors)


def value_of(lead: Lead, field: CustomField) -> Value | None:
    row = FieldValue.objects.filter(lead=lead, field_id=field.pk).first()
    return row.value_in(field) if row else None


def stands(lead: Lead, event: Event) -> bool:
    field = _field_of(event)
    return field is not None and typed(value_of(lead, field)) == before_and_after(event)[1]


def put_back(lead: Lead, event: Event) -> None:
    field, before = _field_of(event), before_and_after(event)[0]
    if field:
        try:
            _set(lead, field, read(field, before))
        except Unfit:  # it can't be chosen any more
            raise Conflict(_("This field has changed since, so that can’t be undone.")) from None


def _set(lead: Lead, field: CustomField, value: Value | None) -> None:
    rows = FieldValue.objects.filter(lead=lead, field_id=field.pk)
    rows.delete()  # and anew: what is sealed is bound to its row
    if value is not None:
        FieldValue.objects.create(lead=lead, field_id=field.pk, kind=field.kind, **{COLUMNS[field.kind]: value})


def _field_of(event: Event) -> CustomField | None:
    return CustomField.objects.known_by_key(event.data["field"].removeprefix(PREFIX))
