"""The forms of a visitor's own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from leads.capture.fields import TextField
from leads.capture.forms import MESSAGE_LENGTH
from leads.capture.page_form import SentByAPage


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
