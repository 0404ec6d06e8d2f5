"""The forms of a visitor's own page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leads.capture.fields import EmailField, OneOfField, PhoneField, TextField, TickField
from leads.capture.forms import MESSAGE_LENGTH, checked_email, checked_phone
from leads.capture.page_form import SentByAPage
from leads.models import Clinic, Days, PartOfDay, ReplyBy
from leads.policy.identity import normal_email, normal_phone


class AddMessageForm(SentByAPage):
    use_required_attribute = False

    message = TextField(
        label=_("Your message"),
        help_text=_("A sentence is enough. You can leave out anything you would rather say in person."),
        max_length=MESSAGE_LENGTH,
        too_long=_("Shorten your message to 5,000 characters. You can tell us the rest when we reply"),
        error_messages={"required": _("Write what you would like to add")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def is_ready(self) -> bool:
        return self.is_valid() and not self.has_run_out


class Ticks(forms.MultipleChoiceField):
    """Any of a few codes, in their own order, each once."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        return [str(code) for code, _label in self.widget.choices if code in chosen]


class ContactRuleForm(forms.Form):
    """How and when somebody may be reached. What is known already is never shown in full: an empty box keeps it."""

    use_required_attribute = False
    no_email = _("Enter an email address so we can write to you")
    no_phone = _("Enter a phone number so we can call or text you")

    channels = Ticks(
        label=_("How may we reach you?"),
        choices=ReplyBy,
        error_messages={
            "required": _("Select at least one way to reach you"),
            "invalid_choice": _("Choose from the ways to reach you"),
        },
    )
    times = Ticks(
        label=_("When is a good time? (optional)"),
        help_text=_("Select none if any time is fine."),
        required=False,
        choices=PartOfDay,
        error_messages={"invalid_choice": _("Choose from the times listed")},
    )
    days = OneOfField(
        label=_("On which days?"),
        required=False,
        choices=Days,
        initial=Days.ANY,
        error_messages={"invalid_choice": _("Choose one of the days listed")},
    )
    may_leave_voicemail = TickField(label=_("You can leave a voicemail"), required=False)
    may_say_name = TickField(label=_("You can say the clinic’s name on the phone"), required=False)
    email = EmailField(label=_("New email address (optional)"))
    phone = PhoneField(label=_("New phone number (optional)"))

    def __init__(self, data: QueryDict | None = None, *, channels: Iterable[str], has_email: bool, has_phone: bool, **options: Any) -> None:
        """`channels`: the ways to reach somebody that the clinic offers."""
        super().__init__(data, **options)
        offered = set(channels)
        self.fields["channels"].choices = [choice for choice in ReplyBy.choices if choice[0] in offered]  # type: ignore[attr-defined]  # a ChoiceField
        self.has_email, self.has_phone = has_email, has_phone

    def clean_email(self) -> str:
        return normal_email(checked_email(self.cleaned_data["email"]))

    def clean_phone(self) -> str:
        return normal_phone(checked_phone(self.cleaned_data["phone"]), Clinic.current().country)

    def clean_days(self) -> str:
        return self.cleaned_data["days"] or Days.ANY.value

    def clean(self) -> dict[str, Any]:
        """A way to reach them needs an address of that kind."""
        channels = self.cleaned_data.get("channels", [])
        if ReplyBy.EMAIL in channels and not self.has_email and not self.data.get("email"):
            self.add_error("email", self.no_email)
        if {ReplyBy.CALL, ReplyBy.TEXT} & set(channels) and not self.has_phone and not self.data.get("phone"):
            self.add_error("phone", self.no_phone)
        return self.cleaned_data
