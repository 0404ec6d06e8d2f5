"""The lines of a lead's details that are changed in place: how each is shown, and with which input it is typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from leads.models import CustomField, FieldKind, Lead, Topic
from leads.models.custom_field import Value
from leads.policy import custom_values
from leads.policy.custom_values import NO, YES
from leads.policy.zones import places
from leads.triage.details.detail_words import EMAIL, LABELS, LANGUAGE, NAME, PHONE, TIME_ZONE, TOPIC, in_words
from leads.triage.details.field_values import PREFIX, value_of

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Input:
    type: str = "text"  # or another type of an input, or select
    options: Options = ()
    suggestions: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Editable:
    id: str
    label: str
    value: str  # as its form holds it
    shown: str  # as the page says it; "" where there is nothing
    url: str
    input: Input


def details_of(lead: Lead) -> list[Editable]:
    return [_detail(lead, field) for field in LABELS]


def fields_of(lead: Lead, values: Mapping[int, Value]) -> list[Editable]:
    """The clinic's own, in their order. `values`: what stands in them, by field."""
    return [_field(lead, field, values.get(field.pk)) for field in CustomField.objects.known()]


def editable(lead: Lead, name: str) -> Editable | None:
    """The one with this id; None where there is none, or no longer."""
    if name in LABELS:
        return _detail(lead, name)
    field = custom_field(name)
    return _field(lead, field, value_of(lead, field)) if field else None


def custom_field(name: str) -> CustomField | None:
    return CustomField.objects.in_use(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else None


def _detail(lead: Lead, field: str) -> Editable:
    value: str = getattr(lead, field)
    return Editable(field, str(LABELS[field]), value, in_words(field, value), _url(lead, field), _input(field, value))


def _field(lead: Lead, field: CustomField, value: Value | None) -> Editable:
    name, typed = PREFIX + field.key, custom_values.typed(value)
    return Editable(name, field.label, typed, custom_values.shown(value), _url(lead, name), _input_of(field, typed))


def _url(lead: Lead, name: str) -> str:
    return reverse("lead_detail", args=[lead.reference, name])


def _input(field: str, value: str) -> Input:
    inputs: dict[str, Callable[[], Input]] = {
        NAME: Input,
        EMAIL: lambda: Input("email", hint=_("Mail that has not left goes to the new address, and the old one is told.")),
        PHONE: lambda: Input("tel"),
        TOPIC: lambda: Input("select", (("", _("Not said")), *((str(code), str(label)) for code, label in Topic.choices))),
        LANGUAGE: lambda: Input("select", _with(tuple((code, str(name)) for code, name in settings.LANGUAGES), value)),
        TIME_ZONE: lambda: Input(suggestions=places(), hint=_("Like Europe/Madrid. Empty: the clinic’s counts.")),
    }
    return inputs[field]()


def _input_of(field: CustomField, typed: str) -> Input:
    if field.kind == FieldKind.CHOICE:
        offered = tuple((choice.label, choice.label) for choice in field.offered())
        return Input("select", (("", "–"), *_with(offered, typed)), hint=field.help)
    if field.kind == FieldKind.YES_NO:
        return Input("select", (("", "–"), (YES, _("Yes")), (NO, _("No"))), hint=field.help)
    if field.kind == FieldKind.TEXT:
        return Input(hint=field.help)
    return Input("date" if field.kind == FieldKind.DATE else "decimal", hint=field.help)


def _with(options: Options, value: str) -> Options:
    """What stands there stays, also where it is no longer offered."""
    return options if not value or value in dict(options) else (*options, (value, value))
