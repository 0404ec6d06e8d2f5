"""What may be told about a draft. Each form carries the mark of what its author saw (leads/followup/drafts.py)."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leads.followup.draft_actions import NEW, Texts
from leads.followup.drafts import mark
from leads.followup.proofreading import LONGEST_WAIT
from leads.followup.text_field import TextField
from leads.models import Step, StepText, Unit, Version
from leads.policy.periods import DAYS, read_week, show_periods

MOST_MAILS = 20
LONGEST_BODY = 10_000  # characters


class MarkedForm(forms.Form):
    use_required_attribute = False
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class PlanForm(MarkedForm):
    """When mail may leave, and with each of its buttons what becomes of the mails' order."""

    act = forms.CharField(required=False)  # the button: "", "add", or "up-2", "down-2", "remove-2"

    def __init__(self, data: Any = None, *, version: Version) -> None:
        super().__init__(data, initial={"seen": mark(version)})
        self._positions = [step.position for step in version.steps.all()]
        for day in DAYS:
            periods = show_periods(version.windows.get(str(day), []))
            self.fields[f"window_{day}"] = forms.CharField(label=WEEKDAYS[day], required=False, initial=periods, max_length=200)

    def days(self) -> list[forms.BoundField]:
        return [self[f"window_{day}"] for day in DAYS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["windows"] = read_week(cleaned, "window")
        return cleaned

    def clean_act(self) -> str:
        act: str = self.cleaned_data["act"]
        if act == "add" and len(self._positions) >= MOST_MAILS:
            raise forms.ValidationError(_now("A sequence has %d mails at most.") % MOST_MAILS)
        return act

    def order(self) -> list[int]:
        """Their positions as the button leaves them. A button that is no longer there changes nothing."""
        order = list(self._positions)
        if self.cleaned_data["act"] == "add":
            return [*order, NEW]
        act, _dash, which = self.cleaned_data["act"].partition("-")
        at = next((number for number, position in enumerate(order) if str(position) == which), None)
        if at is None:
            return order
        if act == "remove":
            del order[at]
        elif act == "up" and at:
            order[at - 1 : at + 1] = reversed(order[at - 1 : at + 1])
        elif act == "down":
            order[at : at + 2] = reversed(order[at : at + 2])
        return order


class StepForm(MarkedForm):
    """One mail: when it leaves, and what it says in each language."""

    wait = forms.IntegerField(
        label=_("Wait"), min_value=1, max_value=max(LONGEST_WAIT.values()), initial=1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("Enter how long to wait, as a number from 1")),
    )  # fmt: skip
    unit = forms.ChoiceField(
        label=_("Unit"), choices=Unit.choices, initial=Unit.WORKING_DAYS,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose minutes, hours, days or working days")),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, version: Version, position: int) -> None:
        step = next((step for step in version.steps.prefetch_related("texts") if step.position == position), None)
        super().__init__(data, initial={"seen": mark(version, position)} | (_step_of(step) if step else {}))
        for code, language in settings.LANGUAGES:
            self.fields[f"subject_{code}"] = _subject(_now("Subject, %s") % language, code)
            self.fields[f"body_{code}"] = _body(_now("Text, %s") % language, code)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        wait, unit = cleaned.get("wait"), cleaned.get("unit")
        if wait and unit and wait > (longest := LONGEST_WAIT[Unit(unit)]):
            self.add_error("wait", _now("Enter a shorter wait, %d at most") % longest)
        return cleaned

    def columns(self) -> Iterator[tuple[str, str, forms.BoundField, forms.BoundField]]:
        for code, language in settings.LANGUAGES:
            yield code, language, self[f"subject_{code}"], self[f"body_{code}"]

    def texts(self) -> Texts:
        return {code: (self.cleaned_data[f"subject_{code}"], self.cleaned_data[f"body_{code}"]) for code, _language in settings.LANGUAGES}


def _step_of(step: Step) -> dict[str, Any]:
    said = {f"{part}_{text.language}": getattr(text, part) for text in step.texts.all() for part in ("subject", "body")}
    return {"wait": step.wait, "unit": step.unit} | said


def _subject(label: str, code: str) -> forms.CharField:
    longest = StepText._meta.get_field("subject").max_length
    said = {"max_length": _("Shorten the subject to %(limit_value)d characters or fewer")}
    widget = forms.TextInput({"lang": code, "autocomplete": "off", "data-variables": True})
    return forms.CharField(label=label, required=False, max_length=longest, error_messages=said, widget=widget)


def _body(label: str, code: str) -> forms.CharField:
    said = {"max_length": _("Shorten the text to %(limit_value)d characters or fewer")}
    widget = forms.Textarea({"lang": code, "rows": 14, "data-variables": True})
    return TextField(label=label, required=False, max_length=LONGEST_BODY, error_messages=said, widget=widget)
