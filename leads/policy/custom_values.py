"""What may stand in a clinic's own fields: read from typed text or refused with a sentence, and shown again."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from leads.models import CustomField, FieldChoice, FieldKind
from leads.models.custom_field import DIGITS, PLACES, Value
from leads.policy.typed_text import clean_line

TEXT_LENGTH = 500
YES, NO = "yes", "no"
_NUMBER = re.compile(rf"[+-]?(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,{DIGITS - PLACES}}})(?:\.\d{{1,{PLACES}}})?", re.ASCII)
LARGEST = Decimal(10) ** (DIGITS - PLACES)


class Unfit(ValueError):
    """It can't stand in this field. Its text is a sentence for whoever typed it."""


def read(field: CustomField, typed: str, kept: Value | None = None) -> Value | None:
    """None where nothing was typed. `kept`: what stands there; a choice that is no longer offered may stay."""
    text = clean_line(typed)
    if not text:
        return None
    return _choice(field, text, kept) if field.kind == FieldKind.CHOICE else READ[field.kind](text)


def typed(value: Value | None) -> str:
    """As a form holds it, and as `read` takes it again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def shown(value: Value | None) -> str:
    """As a page says it; "" where it is empty."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return number_format(value, use_l10n=True, force_grouping=True)
    return date_format(value, "j M Y") if isinstance(value, date) else typed(value)


def _text(text: str) -> str:
    if len(text) > TEXT_LENGTH:
        raise Unfit(_("Shorten it to %(limit)d characters or fewer.") % {"limit": TEXT_LENGTH})
    return text


def _number(text: str) -> Decimal:
    """Plain, or with commas between thousands."""
    if not _NUMBER.fullmatch(text) or abs(number := Decimal(text.replace(",", ""))) >= LARGEST:
        raise Unfit(_("Enter a number like 12 or 1250.50, with at most %(places)d decimal places.") % {"places": PLACES})
    return number.normalize()


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 1800 < day.year < 2300:
        raise Unfit(_("Enter a date like 2026-06-30."))
    return day


def _yes_no(text: str) -> bool:
    if text.casefold() not in (YES, NO):
        raise Unfit(_("Choose yes or no."))
    return text.casefold() == YES


def _choice(field: CustomField, text: str, kept: Value | None) -> FieldChoice:
    offered = [*field.offered(), *([kept] if isinstance(kept, FieldChoice) else [])]
    choice = next((choice for choice in offered if choice.label.casefold() == text.casefold()), None)
    if choice is None:
        raise Unfit(_("Choose one of: %(labels)s.") % {"labels": ", ".join(choice.label for choice in field.offered())})
    return choice


READ: dict[str, Callable[[str], Value]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.YES_NO: _yes_no,
}
