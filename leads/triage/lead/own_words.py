"""What the clinic itself put on a lead: its tags, and what stands in its fields. Both in one query, for the lead page."""

from dataclasses import dataclass
from typing import Self

from leads.models import CustomField, FieldValue, Lead, Tag
from leads.models.custom_field import Value

OF_VALUE = ("id", "field_id", "kind", "text", "number", "date", "yes_no", "choice_id")
COLUMNS = ("tagged__tag_id", *(f"field_values__{column}" for column in OF_VALUE))


@dataclass(frozen=True)
class OwnWords:
    tags: list[Tag]
    values: dict[int, Value]  # by field

    @classmethod
    def of(cls, lead: Lead) -> Self:
        """Each tag comes with each value, which is less than a second trip to the database: there are few of both."""
        rows = list(Lead.objects.filter(pk=lead.pk).values_list(*COLUMNS))
        links = {(lead.pk, tag) for tag, *_rest in rows if tag is not None}
        found = {of_value[0]: of_value for _tag, *of_value in rows if of_value[0] is not None}
        values = [FieldValue(lead_id=lead.pk, **dict(zip(OF_VALUE, of_value, strict=True))) for of_value in found.values()]
        return cls(Tag.objects.by_lead(links).get(lead.pk, []), _by_field(values))


def _by_field(values: list[FieldValue]) -> dict[int, Value]:
    """Those of fields in use. A sealed text is opened here: the page shows it."""
    in_use = {field.pk: field for field in CustomField.objects.known()}
    read = {row.field_id: row.value_in(in_use[row.field_id]) for row in values if row.field_id in in_use}
    return {field: value for field, value in read.items() if value is not None}
