"""What the clinic says of itself: one form a settings page, each of some columns of its one row."""

import re
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from holidays import list_supported_countries
from holidays.registry import COUNTRIES

from leads.models import Clinic, Closure, ReplyBy
from leads.policy.periods import DAYS, read_week, show_periods


@lru_cache
def time_zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"]


@lru_cache
def countries() -> list[tuple[str, str]]:
    """Those whose public holidays are known: `US`, `United States`."""
    names = {code: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", entry[0]) for entry in COUNTRIES.values() for code in entry[1:2]}
    return sorted(((code, names.get(code, code)) for code in list_supported_countries()), key=lambda item: item[1])


class GroupedForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    """Its fields stand in groups: (key, title, hint, names of fields). Mistakes are listed in that order, too."""

    GROUPS: list[tuple[str, Any, Any, list[str]]]

    def groups(self) -> list[tuple[str, Any, Any, list[forms.BoundField]]]:
        return [(key, title, hint, [self[name] for name in names]) for key, title, hint, names in self.GROUPS]

    def in_order(self) -> None:
        self.order_fields([name for *_rest, names in self.GROUPS for name in names])


class ClinicForm(GroupedForm):
    GROUPS = [
        ("who", _("Who you are"), "", ["name", "short_name", "sender_name", "address", "phone"]),
        ("where", _("Where you are"), "", ["time_zone", "country", "subdivision"]),
        ("review", _("Review"), "", ["reviewed_by", "reviewed_on"]),
    ]
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    country = forms.ChoiceField(label=_("Country"), choices=countries, help_text=_("Its public holidays are closing days."))

    class Meta:
        model = Clinic
        fields = [
            "name", "short_name", "sender_name", "address", "phone", "time_zone", "country", "subdivision", "reviewed_by", "reviewed_on",
        ]  # fmt: skip
        labels = {
            "name": _("Name"),
            "short_name": _("Short name"),
            "sender_name": _("Sender of emails"),
            "address": _("Postal address"),
            "phone": _("Phone number"),
            "subdivision": _("State or region"),
            "reviewed_by": _("Texts reviewed by"),
            "reviewed_on": _("Reviewed on"),
        }
        help_texts = {
            "name": _("As visitors read it on the public page."),
            "short_name": _("In the corner of the desk."),
            "sender_name": _("Others may see a person's inbox: choose a name that tells nothing about treatment."),
            "subdivision": _("Its code, like NY, for holidays of its own. Optional."),
            "reviewed_by": _("The clinician who checked the public page. Optional."),
        }
        widgets = {"reviewed_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}

    def clean_subdivision(self) -> str:
        code = str(self.cleaned_data["subdivision"]).upper()
        known = list_supported_countries().get(self.cleaned_data.get("country", ""), [])
        if code and code not in known:
            raise ValidationError(_now("No holidays are known for this region. Leave it empty, or enter one of: %s.") % ", ".join(known))
        return code


class HoursForm(GroupedForm):
    """Cleaned, it has `hours` and `closures` ({day: why}) beside the row's own columns."""

    GROUPS = [
        (
            "hours",
            _("Opening hours"),
            _("Like 9:00–17:00, or 9:00–12:30, 14:00–17:00. Leave a day empty when you are closed."),
            [*(f"hours_{day}" for day in DAYS), "closures"],
        ),
        ("promise", _("Promise"), "", ["promise_hours", "check_back_days", "channels"]),
    ]
    promise_hours = forms.IntegerField(
        label=_("Answer within"), min_value=1, max_value=80,
        error_messages=dict.fromkeys(["required", "invalid", "min_value", "max_value"], _("Enter a number of hours from 1 to 80")),
        help_text=_("Opening hours between an enquiry and your answer: what visitors are promised."),
    )  # fmt: skip
    check_back_days = forms.IntegerField(
        label=_("Check back after"), min_value=1, max_value=250,
        error_messages=dict.fromkeys(["required", "invalid", "min_value", "max_value"], _("Enter a number of days from 1 to 250")),
        help_text=_("Working days after which a person who is done for now needs you again."),
    )  # fmt: skip
    channels = forms.MultipleChoiceField(
        label=_("How you answer"), choices=ReplyBy.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("What a visitor can choose."), error_messages={"required": _("Select at least one way to answer")},
    )  # fmt: skip
    closures = forms.CharField(
        label=_("Your own closing days"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line: the day as year-month-day, then why, like 2030-12-24 Christmas Eve. Public holidays are known already."),
    )  # fmt: skip

    class Meta:
        model = Clinic
        fields = ["promise_hours", "check_back_days", "channels"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in DAYS:
            periods = self.instance.hours.get(str(day), [])
            field = forms.CharField(label=WEEKDAYS[day], required=False, initial=show_periods(periods))
            field.widget.attrs["placeholder"] = _("Closed")
            self.fields[f"hours_{day}"] = field
        self.in_order()
        self.initial["closures"] = "\n".join(f"{closure.day} {closure.reason}".strip() for closure in Closure.objects.order_by("day"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["hours"] = read_week(cleaned, "hours")
        return cleaned

    def clean_closures(self) -> dict[date, str]:
        return dict(_read_closure(line.strip()) for line in self.cleaned_data["closures"].splitlines() if line.strip())


def _read_closure(line: str) -> tuple[date, str]:
    day, _space, reason = line.partition(" ")
    try:
        return date.fromisoformat(day), reason.strip()[:80]
    except ValueError as error:
        raise ValidationError(_now("Write the day like 2030-12-24: “%s” is none.") % day[:20]) from error


class CrisisForm(GroupedForm):
    """Saving says that somebody has looked at the numbers."""

    GROUPS = [
        (
            "crisis",
            _("In a crisis"),
            _("Shown on every page that visitors see, above the form and on every error page. Dial them once before you save."),
            ["emergency_number", "crisis_line", "crisis_line_takes_texts"],
        )
    ]

    class Meta:
        model = Clinic
        fields = ["emergency_number", "crisis_line", "crisis_line_takes_texts"]
        labels = {
            "emergency_number": _("Emergency number"),
            "crisis_line": _("Crisis line"),
            "crisis_line_takes_texts": _("The crisis line takes text messages"),
        }


class AppearanceForm(GroupedForm):
    GROUPS = [("appearance", _("What visitors see"), "", ["accent", "visitors_theme"])]

    class Meta:
        model = Clinic
        fields = ["accent", "visitors_theme"]
        labels = {"accent": _("Colour"), "visitors_theme": _("Light or dark")}
        help_texts = {
            "accent": _("Of buttons and links. Each can be read on light and on dark."),
            "visitors_theme": _("What colleagues see is in the profile of each."),
        }
        widgets = {"accent": forms.RadioSelect, "visitors_theme": forms.RadioSelect}
