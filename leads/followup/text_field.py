"""A text that staff type for a mail."""

from typing import Any

from django import forms


class TextField(forms.CharField):
    """Browsers end lines as mail does; we keep them as text does, and count each end as one character."""

    def to_python(self, value: Any) -> str:
        return "\n".join(str(super().to_python(value)).splitlines())
