"""The form's own words, each language beside the other."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leads.models import Clinic
from leads.policy.form_wording import PLACES

LABELS = {
    "heading": (_("Heading"), _("Ours: “Contact us”")),
    "intro": (_("Below the heading"), _("Ours says nothing here.")),
    "message_hint": (
        _("Hint above the message"),
        _("Ours: “A sentence is enough. You can leave out anything …”"),
    ),
    "button": (_("Button"), _("Ours: “Send my question”")),
    "thanks": (_("On the page after sending"), _("Ours says when you will answer; this stands below it.")),
}
LONG = {"intro", "message_hint", "thanks"}


class WordingForm(forms.Form):
    """Cleaned, it has `wording` as the clinic's row keeps it."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, clinic: Clinic) -> None:
        super().__init__(data)
        for place, most in PLACES.items():
            for language, _name in settings.LANGUAGES:
                self.fields[f"{place}_{language}"] = _field(place, most, clinic.wording.get(language, {}).get(place, ""), language)

    def groups(self) -> list[tuple[str, Any, Any, list[forms.BoundField]]]:
        languages = [language for language, _name in settings.LANGUAGES]
        return [(f"say-{place}", *LABELS[place], [self[f"{place}_{language}"] for language in languages]) for place in PLACES]

    def clean(self) -> dict[str, Any]:
        said = {
            language: {place: text for place in PLACES if (text := self.cleaned_data.get(f"{place}_{language}", ""))}
            for language, _name in settings.LANGUAGES
        }
        return {"wording": {language: texts for language, texts in said.items() if texts}}


def _field(place: str, most: int, initial: str, language: str) -> forms.CharField:
    return forms.CharField(
        label=dict(settings.LANGUAGES)[language],
        required=False,
        initial=initial,
        max_length=most,
        error_messages={"max_length": _("Shorten this to %(limit_value)d characters")},
        widget=forms.Textarea({"rows": 2, "lang": language}) if place in LONG else forms.TextInput({"lang": language}),
    )
