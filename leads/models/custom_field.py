"""Fields that a clinic adds to its leads, and what stands in them: one row a lead and field, in a column of its kind."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leads.models.ids import uuid7
from leads.models.lead import Lead
from leads.models.remembered import RememberedById
from leads.models.sealed import SealedTextField

LABEL_LENGTH, HELP_LENGTH, KEY_LENGTH = 60, 200, 30
DIGITS, PLACES = 15, 4


class FieldKind(models.TextChoices):
    TEXT = "text", _("Text (encrypted, can’t be filtered)")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    CHOICE = "choice", _("One of a list")
    YES_NO = "yes_no", _("Yes or no")


class CustomFieldManager(models.Manager["CustomField"]):
    def known(self) -> "list[CustomField]":
        """Those in use, in their order. To look at, not to change: they may be a moment old."""
        return [field for field in _fields().values() if field.archived_at is None]

    def known_by_id(self, wanted: Collection[int]) -> "dict[int, CustomField]":
        """Those out of use, too."""
        return _fields.with_ids(wanted)

    def known_by_key(self, key: str) -> "CustomField | None":
        return next((field for field in _fields().values() if field.key == key), None)

    def in_use(self, key: str) -> "CustomField | None":
        """Compared here: outsiders send texts that no database takes."""
        return next((field for field in self.known() if field.key == key), None)


class CustomField(models.Model):
    key = models.SlugField(max_length=KEY_LENGTH, unique=True)  # never changes: programs know the field by it
    label = models.CharField(max_length=LABEL_LENGTH)
    kind = models.CharField(max_length=8, choices=FieldKind)  # never changes either
    help = models.CharField(max_length=HELP_LENGTH, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)  # out of sight; what stands in it is kept

    objects = CustomFieldManager()

    class Meta:
        ordering = ["position", "label", "id"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=FieldKind.values), name="field_kind_known")]

    def __str__(self) -> str:
        return self.label

    def offered(self) -> "list[FieldChoice]":
        return [choice for choice in self.choices.all() if choice.archived_at is None]


class FieldChoice(models.Model):
    field = models.ForeignKey(CustomField, on_delete=models.CASCADE, related_name="choices")
    label = models.CharField(max_length=LABEL_LENGTH)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)  # no longer offered; who has it keeps it

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["field", "label"], name="one_choice_a_label")]

    def __str__(self) -> str:
        return self.label


Value = str | Decimal | date | bool | FieldChoice
COLUMNS: dict[str, str] = {
    FieldKind.TEXT: "text",
    FieldKind.NUMBER: "number",
    FieldKind.DATE: "date",
    FieldKind.CHOICE: "choice",
    FieldKind.YES_NO: "yes_no",
}


def _only(kind: str) -> Q:
    """The column of this kind is filled, and no other."""
    return Q(kind=kind, **{f"{column}__isnull": of != kind for of, column in COLUMNS.items()})


class FieldValue(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="field_values", db_index=False)  # one_value_a_field
    field = models.ForeignKey(CustomField, on_delete=models.CASCADE, related_name="values", db_index=False)  # value_of_field
    kind = models.CharField(max_length=8, choices=FieldKind)  # the field's, copied so that a constraint can use it
    text = SealedTextField(null=True)
    number = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    date = models.DateField(null=True)
    yes_no = models.BooleanField(null=True)
    choice = models.ForeignKey(FieldChoice, on_delete=models.PROTECT, null=True, related_name="values", db_index=False)  # value_choice

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lead", "field"], name="one_value_a_field"),
            models.CheckConstraint(
                condition=_only("text") | _only("number") | _only("date") | _only("choice") | _only("yes_no"), name="value_of_its_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["field", "lead"], name="value_of_field"),
            models.Index(fields=["field", "number"], name="value_number", condition=Q(number__isnull=False)),
            models.Index(fields=["field", "date"], name="value_date", condition=Q(date__isnull=False)),
            models.Index(fields=["choice"], name="value_choice", condition=Q(choice__isnull=False)),
            models.Index(fields=["field", "yes_no"], name="value_yes_no", condition=Q(yes_no__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.field_id}"

    def value_in(self, field: CustomField) -> Value | None:
        """`field`: this value's own, with its choices at hand. None where somebody removed the choice this moment."""
        if self.kind == FieldKind.CHOICE:
            return next((choice for choice in field.choices.all() if choice.pk == self.choice_id), None)
        value: Value = getattr(self, COLUMNS[self.kind])
        return value.normalize() if isinstance(value, Decimal) else value


def values_of(leads: Collection[int], *, sealed: bool = True) -> dict[int, dict[str, Any]]:
    """{lead: {key: value}} of the fields in use, for lists and exports, in one query. What is empty is left out.

    A text, int or float, date, bool, or the label of a choice. Texts are opened: whoever shows them records it. Without `sealed` they
    are left where they are.
    """
    asked = [field for field in CustomField.objects.known() if sealed or field.kind != FieldKind.TEXT]
    known, found = {field.pk: field for field in asked}, dict[int, dict[str, Any]]()
    if not known or not leads:
        return found
    for row in FieldValue.objects.filter(lead_id__in=leads, field_id__in=known):
        value = row.value_in(known[row.field_id])
        if value is not None:
            found.setdefault(row.lead_id, {})[known[row.field_id].key] = plain(value)
    return found


def plain(value: Value) -> Any:
    """As programs take it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value) if isinstance(value, FieldChoice) else value


_fields = RememberedById(lambda: {field.pk: field for field in CustomField.objects.prefetch_related("choices")})
