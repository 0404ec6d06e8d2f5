"""What a colleague types in for somebody who called or came by."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leads.capture.fields import OneOfField
from leads.capture.forms import PageForm
from leads.capture.own_forms import ContactRuleForm
from leads.models import Channel


class StaffEnquiryForm(PageForm):
    """A call or a visit, typed in by a colleague."""

    channel = OneOfField(
        label=_("How did they reach us?"),
        choices=[(Channel.PHONE.value, Channel.PHONE.label), (Channel.WALK_IN.value, Channel.WALK_IN.label)],
        initial=Channel.PHONE,
        error_messages={"required": _("Choose how they reached us"), "invalid_choice": _("Choose how they reached us")},
    )
    language = OneOfField(
        label=_("Which language do we write to them in?"),
        required=False,
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
        error_messages={"invalid_choice": _("Choose one of the languages")},
    )
    field_order = ["channel", "name", "email", "phone", "language"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {
            "name": _("What should we call them?"),
            "reply_by": _("How would they like us to reply? (optional)"),
            "may_leave_voicemail": _("They are fine with a voicemail"),
            "message": _("What they said (optional)"),
            "consent_reply": _("They said we can use these details to reply"),
            "consent_followup": _("They asked for up to 3 follow-up emails"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["message"].help_text = _("Encrypted, and only shown when somebody opens it.")
        self.fields["name"].error_messages["required"] = _("Enter the name they would like us to use")
        self.fields["consent_reply"].error_messages["required"] = _("Select the box once they have agreed")
        for name in ("name", "email", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # not the colleague's own details

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or settings.LANGUAGE_CODE

    def enquiry(self) -> dict[str, Any]:
        """The details as `receive_enquiry` takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("channel", "language")}


class StaffContactRuleForm(ContactRuleForm):
    """The form of a visitor's own page, as a colleague asks its questions."""

    no_email = _("Enter an email address so that we can write to them")
    no_phone = _("Enter a phone number so that we can call or text them")

    def __init__(self, data: QueryDict | None = None, *, channels: Iterable[str], **options: Any) -> None:
        super().__init__(data, channels=channels, **options)
        labels = {
            "channels": _("How may we reach them?"),
            "times": _("When is a good time?"),
            "may_leave_voicemail": _("We may leave a voicemail"),
            "may_say_name": _("We may say the clinic’s name on the phone"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["channels"].error_messages |= {
            "required": _("Select at least one way to reach them"),
            "invalid_choice": _("Choose from the ways to reach them"),
        }
        for name in ("email", "phone"):
            self.fields[name].help_text = _("Empty keeps what we have.")
            self.fields[name].widget.attrs["autocomplete"] = "off"  # not the colleague's own details
