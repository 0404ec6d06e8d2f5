"""Form fields that read what outsiders send: text from a form, or any JSON value. A mistake is one sentence."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leads.policy.identity import LONGEST_PHONE
from leads.policy.reachable import EMAIL_LENGTH
from leads.policy.typed_text import clean_line, clean_text

NOT_TEXT = _("Enter this as text.")
NO = {"", "0", "false", "no", "off"}


class SharedFields(dict[str, forms.Field]):
    """The fields of a form that never changes them: every form shares them, since copying costs more than reading."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "SharedFields":
        return self


class LineField(forms.Field):
    """One line of text, at most `max_length` characters; `too_long` is the sentence for more."""

    def __init__(self, *, max_length: int, too_long: Any, **options: Any) -> None:
        super().__init__(**options)
        self.max_length, self.too_long = max_length, too_long

    def to_python(self, value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise ValidationError(NOT_TEXT)
        return self.tidy(value)

    def tidy(self, text: str) -> str:
        return clean_line(text)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.max_length:
            raise ValidationError(self.too_long)


class EmailField(LineField):
    """`autocomplete`: "off" where it is not their own."""

    def __init__(self, *, autocomplete: str = "email", **options: Any) -> None:
        attributes = {"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
        options |= {"required": False, "max_length": EMAIL_LENGTH, "too_long": _("Enter an email address of at most 254 characters")}
        super().__init__(widget=forms.EmailInput(attrs=attributes), **options)


class PhoneField(LineField):
    """Likewise."""

    def __init__(self, *, autocomplete: str = "tel", **options: Any) -> None:
        options |= {"required": False, "max_length": LONGEST_PHONE, "too_long": _("Enter a phone number of at most 40 characters")}
        super().__init__(widget=forms.TextInput(attrs={"type": "tel", "autocomplete": autocomplete}), **options)


class TextField(LineField):
    """Like a line, but of several lines."""

    widget = forms.Textarea

    def tidy(self, text: str) -> str:
        return clean_text(text)


class TickInput(forms.CheckboxInput):
    """Leaves it to the field to read what came; Django's own takes every JSON value for a yes."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name)


class TickField(forms.Field):
    """A tick box, or true and false in JSON."""

    widget = TickInput

    def to_python(self, value: Any) -> bool:
        if value is None or isinstance(value, bool):
            return bool(value)
        if not isinstance(value, str):
            raise ValidationError(_("Answer with true or false."))
        return value.strip().lower() not in NO

    def validate(self, value: bool) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")


class OneOfField(forms.ChoiceField):
    """One of a few codes; all of them are taken, whichever of them the page shows."""

    widget = forms.RadioSelect

    def to_python(self, value: Any) -> str:
        if value is not None and not isinstance(value, str):
            raise ValidationError(self.error_messages["invalid_choice"])
        return clean_line(value or "")

    def validate(self, value: str) -> None:
        if value and not self.valid_value(value):
            raise ValidationError(self.error_messages["invalid_choice"])
