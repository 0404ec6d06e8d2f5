"""The settings pages' forms."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leads.followup.templates import findings
from leads.followup.text_field import TextField
from leads.models import MailTemplate, Role, SuppressionReason, User
from leads.models.mail_template import BODY_LENGTH
from leads.models.staff import LIST_COLUMNS, SIGNATURE_LENGTH, Density
from leads.policy.discreet import said_outside
from leads.policy.identity import normal_email


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
        fields = ["name", "language", "subject", "body", "refers_out"]
        labels = {"name": _("Name"), "subject": _("Subject"), "refers_out": _("Offer it where somebody is not a fit here")}
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
        said = said_outside(cleaned.get("subject", ""), cleaned.get("body", "")) if cleaned.get("refers_out") else []
        if said:
            self.add_error("subject", _now("Say it without “%s”: others may see the subject and the first words") % ", ".join(said))
        return cleaned


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    class Meta:
        model = User
        fields = ["name", "signature", "theme", "wants_alerts", "wants_notices", "single_keys"]
        labels = {
            "name": _("Your name"),
            "signature": _("Your signature"),
            "theme": _("Appearance"),
            "wants_alerts": _("Email me when a new enquiry arrives: a link and nothing else, at most one email every five minutes"),
            "wants_notices": _("Email me what the desk tells me: leads I am given, mentions, what is overdue; a link and nothing else"),
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


class ListForm(forms.Form):
    """What is ticked is shown; kept is what is not, so that a column of a later release shows by itself. Cleaned, it has that."""

    density = forms.ChoiceField(choices=Density.choices)
    columns = forms.MultipleChoiceField(choices=list(LIST_COLUMNS.items()), required=False)

    def clean(self) -> dict[str, Any]:
        shown = self.cleaned_data.pop("columns", [])
        return self.cleaned_data | {"hidden_columns": [column for column in LIST_COLUMNS if column not in shown]}
