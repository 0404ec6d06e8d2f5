"""What somebody tells us: one form behind the API, the contact page (contact_form.py) and the desk's "Add enquiry" (staff_form.py)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leads.capture.fields import EmailField, LineField, OneOfField, PhoneField, SharedFields, TextField, TickField
from leads.models import ReplyBy, Topic
from leads.policy import consent
from leads.policy.names import LONGEST_NAME
from leads.policy.reachable import can_be_email, can_be_phone

CONSENT: Any = consent.VERSIONS[consent.CURRENT]  # texts that are translated late
MESSAGE_LENGTH = 5000
EMAIL_FORMAT = _("Enter an email address in the correct format, like name@example.com")


class EnquiryForm(forms.Form):
    """The names are a public contract. `data` is a form's QueryDict or a JSON object; cleaned, each name has a text or a bool."""

    use_required_attribute = False

    name = LineField(
        label=_("What should we call you?"),
        max_length=LONGEST_NAME,
        too_long=_("Enter a name of at most 120 characters"),
        error_messages={"required": _("Enter the name you would like us to use")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailField(label=_("Email address"))
    phone = PhoneField(label=_("Phone number"))
    reply_by = OneOfField(
        label=_("How would you like us to reply? (optional)"),
        required=False,
        choices=ReplyBy,
        error_messages={"invalid_choice": _("Choose one of the ways to reply")},
    )
    may_leave_voicemail = TickField(label=_("You can leave a voicemail"), required=False)
    topic = OneOfField(
        label=_("What is it about? (optional)"),
        required=False,
        choices=Topic,
        error_messages={"invalid_choice": _("Choose one of the topics listed")},
    )
    message = TextField(
        label=_("Your message (optional)"),
        help_text=_("A sentence is enough. You can leave out anything you would rather say in person."),
        required=False,
        max_length=MESSAGE_LENGTH,
        too_long=_("Shorten your message to 5,000 characters. You can tell us the rest when we reply"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    consent_reply = TickField(
        label=CONSENT.reply,
        error_messages={"required": _("Select the box so we can reply to you")},
    )
    consent_followup = TickField(label=CONSENT.followup, required=False)

    def clean_email(self) -> str:
        return checked_email(self.cleaned_data["email"])

    def clean_phone(self) -> str:
        return checked_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        unread = {"email", "phone"} & set(self.errors)
        if not unread and not self.cleaned_data["email"] and not self.cleaned_data["phone"]:
            self.add_error("email", _("Enter an email address or a phone number so we can reply"))
        return self.cleaned_data


def checked_email(email: str) -> str:
    if email and not can_be_email(email):
        raise ValidationError(EMAIL_FORMAT)
    return email


def checked_phone(phone: str) -> str:
    if phone and not can_be_phone(phone):
        raise ValidationError(_("Enter a phone number with all its digits, like (555) 010-0123"))
    return phone


EnquiryForm.base_fields = SharedFields(EnquiryForm.base_fields)


class PageForm(EnquiryForm):
    """For a page, which may word things its own way and offer fewer ways to reply. Its fields are its own."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, channels: Iterable[str], **options: Any) -> None:
        """`channels`: the ways to reply that the page offers."""
        super().__init__(data, **options)
        offered = set(channels)
        self.fields["reply_by"].widget.choices = [choice for choice in ReplyBy.choices if choice[0] in offered]
