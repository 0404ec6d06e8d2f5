"""What a manager says about a file, once it is there: what each column holds, and what becomes of the people in it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from leads.capture.importing.columns import FIELDS
from leads.models import Arrives, SamePerson

CHOICES = [("", _("Leave it out")), *((each.code, each.label) for each in FIELDS)]
NAMES, ADDRESSES = {"name", "first", "last"}, {"email", "phone"}


class UploadForm(forms.Form):
    use_required_attribute = False

    file = forms.FileField(
        label=_("CSV file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        error_messages={"required": _("Choose a file"), "empty": _("Choose a file that is not empty")},
    )

    def __init__(self, *args: Any, most: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.most = most
        megabytes = {"size": most // (1024 * 1024)}
        self.fields["file"].help_text = _("Up to %(size)d MB, with the names of the columns in its first row.") % megabytes

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > self.most:
            megabytes = {"size": self.most // (1024 * 1024)}
            raise ValidationError(_("Choose a file of at most %(size)d MB, or split it into several") % megabytes)
        return file


class ColumnsForm(forms.Form):
    """One field for each column of the file, in their order, and two about the people."""

    use_required_attribute = False

    same_person = forms.ChoiceField(
        label=_("Where somebody has a lead already"),
        help_text=_("The same person: the same email address, or without one the same phone number, and the same first name."),
        choices=SamePerson,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of people who have a lead already")},
    )
    arrives = forms.ChoiceField(
        label=_("How the new leads arrive"),
        choices=Arrives,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the new leads arrive")},
    )

    def __init__(self, *args: Any, header: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.of_columns = [f"column-{number}" for number in range(len(header))]
        for name, title in zip(self.of_columns, header, strict=True):
            label = title.strip()[:80] or _("A column without a name")
            wrong = {"invalid_choice": _("Choose what this column holds")}
            self.fields[name] = forms.ChoiceField(label=label, choices=CHOICES, required=False, error_messages=wrong)

    @property
    def columns(self) -> list[str]:
        return [self.cleaned_data.get(name, "") for name in self.of_columns]

    def clean(self) -> dict[str, Any]:
        chosen = [code for code in self.columns if code]
        twice = {code for code in chosen if chosen.count(code) > 1}
        for name, code in zip(self.of_columns, self.columns, strict=True):
            if code in twice:
                self.add_error(name, _("Two columns hold the same. Leave one of them out"))
        if not NAMES & set(chosen):
            self.add_error(None, _("Say which column holds their name"))
        if not ADDRESSES & set(chosen):
            self.add_error(None, _("Say which column holds their email address or phone number"))
        return self.cleaned_data
