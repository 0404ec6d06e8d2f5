"""The settings pages' forms."""

import re
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from holidays import list_supported_countries
from holidays.registry import COUNTRIES

from leads.followup.templates import findings
from leads.followup.text_field import TextField
from leads.models import Clinic, Closure, MailTemplate, ReplyBy, Role, SuppressionReason, User
from leads.models.mail_template import BODY_LENGTH
from leads.models.staff import SIGNATURE_LENGTH
from leads.policy.identity import normal_email
from leads.policy.periods import read_periods, show_periods


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("Email address"),
        error_messages={"required": _("Enter their email address"), "invalid": _("Enter an email address like name@example.com")},
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.FRONT_DESK)
    by_mail = forms.TypedChoiceField(
        label=_("How they get the link"),
        choices=[("yes", _("Email it to them")), ("no", _("Show it to me once, I pass it on"))],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )


class SuppressionForm(forms.Form):
    address = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        error_messages=dict.fromkeys(["invalid", "max_length"], _("Enter an email address like name@example.com"))
        | {"required": _("Enter the email address")},
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    reason = forms.TypedChoiceField(
        label=_("Why"),
        choices=[
            (SuppressionReason.OPTED_OUT, _("They asked us to stop: no follow-ups, but an answer when they write again")),
            (SuppressionReason.BOUNCED, _("The address does not exist: no mail at all")),
            (SuppressionReason.BY_HAND, _("Another reason: no mail at all")),
        ],
        coerce=SuppressionReason,
        initial=SuppressionReason.OPTED_OUT,
        widget=forms.RadioSelect,
    )

    def clean_address(self) -> str:
        """As it stands on leads and mails."""
        return normal_email(self.cleaned_data["address"])


class LiftForm(forms.Form):
    """What they themselves wanted is lifted only where they want it no more."""

    THEIRS = (SuppressionReason.OPTED_OUT, SuppressionReason.COMPLAINED)
    asked = forms.BooleanField(
        label=_("They have asked to get mail from us again"), error_messages={"required": _("Tick the box if they have asked for it")}
    )

    def __init__(self, data: Any, *, reason: SuppressionReason) -> None:
        super().__init__(data)
        self.is_theirs = reason in self.THEIRS
        if not self.is_theirs:
            del self.fields["asked"]


TAKEN = _("There is a template of this name in this language already")


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    body = TextField(
        label=_("Text"),
        max_length=BODY_LENGTH,
        widget=forms.Textarea({"rows": 10}),
        error_messages={"required": _("Write the text"), "max_length": _("Shorten the text to %(limit_value)d characters")},
    )

    class Meta:
        model = MailTemplate
        fields = ["name", "language", "subject", "body"]
        labels = {"name": _("Name"), "subject": _("Subject")}
        help_texts = {"name": _("As colleagues choose it, like “What a visit costs”.")}
        error_messages = {
            "name": {"required": _("Give it a name"), "max_length": _("Shorten the name to %(limit_value)d characters")},
            "subject": {"required": _("Write a subject"), "max_length": _("Shorten the subject to %(limit_value)d characters")},
            NON_FIELD_ERRORS: {"unique_together": TAKEN},
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("subject", "body"):
            for finding in findings(cleaned.get(name, "")):
                self.add_error(name, finding)
        return cleaned


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    class Meta:
        model = User
        fields = ["name", "signature", "theme", "wants_alerts", "single_keys"]
        labels = {
            "name": _("Your name"),
            "signature": _("Your signature"),
            "theme": _("Appearance"),
            "wants_alerts": _("Email me when a new enquiry arrives: a link and nothing else, at most one email every five minutes"),
            "single_keys": _("Single-letter shortcuts on the desk, such as j, k and e"),
        }
        help_texts = {
            "name": _("As colleagues see it beside what you did."),
            "signature": _("Below the emails that you write. Leave it empty for your name and the sender of our emails."),
        }
        widgets = {"theme": forms.RadioSelect, "name": forms.TextInput({"autocomplete": "name"}), "signature": forms.Textarea({"rows": 4})}

    def clean_signature(self) -> str:
        """Each end of a line is one character, as people count."""
        signature = str(self.cleaned_data["signature"]).replace("\r\n", "\n")
        if len(signature) > SIGNATURE_LENGTH:
            raise ValidationError(_now("Shorten your signature to %d characters") % SIGNATURE_LENGTH)
        return signature


class SingleKeysForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    class Meta:
        model = User
        fields = ["single_keys"]


@lru_cache
def time_zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"]


@lru_cache
def countries() -> list[tuple[str, str]]:
    """Those whose public holidays are known: `US`, `United States`."""
    names = {code: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", entry[0]) for entry in COUNTRIES.values() for code in entry[1:2]}
    return sorted(((code, names.get(code, code)) for code in list_supported_countries()), key=lambda item: item[1])


GROUPS = [
    ("who", _("Who you are"), "", ["name", "short_name", "sender_name", "address", "phone"]),
    ("where", _("Where you are"), "", ["time_zone", "country", "subdivision"]),
    (
        "hours",
        _("Opening hours"),
        _("Like 9:00–17:00, or 9:00–12:30, 14:00–17:00. Leave a day empty when you are closed."),
        [*(f"hours_{day}" for day in range(7)), "closures"],
    ),
    ("promise", _("Promise"), "", ["promise_hours", "check_back_days", "channels"]),
    (
        "crisis",
        _("In a crisis"),
        _("Shown on every page that visitors see."),
        ["emergency_number", "crisis_line", "crisis_line_takes_texts"],
    ),
    ("review", _("Review"), "", ["reviewed_by", "reviewed_on"]),
]


class ClinicForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    country = forms.ChoiceField(label=_("Country"), choices=countries, help_text=_("Its public holidays are closing days."))
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
        fields = [
            "name", "short_name", "sender_name", "address", "phone", "time_zone", "country", "subdivision", "promise_hours",
            "check_back_days", "channels", "emergency_number", "crisis_line", "crisis_line_takes_texts", "reviewed_by", "reviewed_on",
        ]  # fmt: skip
        labels = {
            "name": _("Name"),
            "short_name": _("Short name"),
            "sender_name": _("Sender of emails"),
            "address": _("Postal address"),
            "phone": _("Phone number"),
            "subdivision": _("State or region"),
            "emergency_number": _("Emergency number"),
            "crisis_line": _("Crisis line"),
            "crisis_line_takes_texts": _("The crisis line takes text messages"),
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in range(7):
            periods = self.instance.hours.get(str(day), [])
            field = forms.CharField(label=WEEKDAYS[day], required=False, initial=show_periods(periods))
            field.widget.attrs["placeholder"] = _("Closed")
            self.fields[f"hours_{day}"] = field
        self.order_fields([name for *_rest, names in GROUPS for name in names])  # mistakes are listed in the page's order
        self.initial["closures"] = "\n".join(f"{closure.day} {closure.reason}".strip() for closure in Closure.objects.order_by("day"))

    def groups(self) -> list[tuple[str, Any, Any, list[forms.BoundField]]]:
        """(key, title, hint, fields) as the page shows them."""
        return [(key, title, hint, [self[name] for name in names]) for key, title, hint, names in GROUPS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["hours"] = {}
        for day in range(7):
            try:
                periods = read_periods(cleaned.pop(f"hours_{day}", ""))
            except ValidationError as error:
                self.add_error(f"hours_{day}", error)
            else:
                cleaned["hours"] |= {str(day): periods} if periods else {}
        return cleaned

    def clean_subdivision(self) -> str:
        code = str(self.cleaned_data["subdivision"]).upper()
        known = list_supported_countries().get(self.cleaned_data.get("country", ""), [])
        if code and code not in known:
            raise ValidationError(_now("No holidays are known for this region. Leave it empty, or enter one of: %s.") % ", ".join(known))
        return code

    def clean_closures(self) -> dict[date, str]:
        return dict(_read_closure(line.strip()) for line in self.cleaned_data["closures"].splitlines() if line.strip())


def _read_closure(line: str) -> tuple[date, str]:
    day, _space, reason = line.partition(" ")
    try:
        return date.fromisoformat(day), reason.strip()[:80]
    except ValueError as error:
        raise ValidationError(_now("Write the day like 2030-12-24: “%s” is none.") % day[:20]) from error
