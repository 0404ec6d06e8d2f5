"""What the lead page's small forms may say. Each mistake is told in one sentence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.access import Right, may
from leads.models import CallOutcome, MailTemplate, PrivacyRequestKind, Sequence, Stage, User
from leads.triage.decisions.actions import NOTE_LIMIT
from leads.triage.decisions.recording import Conflict
from leads.triage.decisions.typed_mail import TypedMail
from leads.triage.words.times import FARTHEST, TOO_FAR

SUBJECT_LIMIT, MAIL_LIMIT = 150, 10_000  # characters
SOMEBODY = _("Choose one of your colleagues.")


def checked(form: forms.Form) -> dict[str, Any]:
    """The form's cleaned data; its first error as a Conflict."""
    if not form.is_valid():
        raise Conflict(next(str(error) for errors in form.errors.values() for error in errors))
    return form.cleaned_data


def worker(pk: int | None) -> User | None:
    """Of those who work on leads."""
    user = User.objects.filter(pk=pk).first() if pk else None
    if pk and not (user and may(user, Right.WORK_LEADS)):
        raise forms.ValidationError(SOMEBODY)
    return user


class StageForm(forms.Form):
    stage = forms.CharField(max_length=50, error_messages={"required": _("Choose a stage.")})

    def clean_stage(self) -> Stage:
        stage = Stage.objects.named(self.cleaned_data["stage"])
        if stage is None:
            raise forms.ValidationError(_("Choose one of the stages."))
        return stage


class AssignmentForm(forms.Form):
    owner = forms.IntegerField(required=False, max_value=2**31 - 1, error_messages=dict.fromkeys(("invalid", "max_value"), SOMEBODY))

    def clean_owner(self) -> User | None:
        return worker(self.cleaned_data["owner"])


class SnoozeForm(forms.Form):
    until = forms.CharField(max_length=20, error_messages={"required": _("Choose until when.")})
    day = forms.DateField(required=False, error_messages={"invalid": _("Enter a date like 2026-06-30.")})

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day and day > timezone.now().date() + FARTHEST:
            raise forms.ValidationError(TOO_FAR)
        return day


class NoteForm(forms.Form):
    text = forms.CharField(
        max_length=NOTE_LIMIT,
        error_messages={
            "required": _("Write the note first."),
            "max_length": _("Shorten the note to %(limit_value)d characters or fewer."),
        },
    )


class CallForm(NoteForm):
    """A call, and the note that may go with it."""

    outcome = forms.TypedChoiceField(
        choices=CallOutcome,
        coerce=CallOutcome,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what came of the call.")),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.fields["text"].required = False


class AnswerForm(forms.Form):
    mail_subject = forms.CharField(
        max_length=SUBJECT_LIMIT,
        error_messages={
            "required": _("Write a subject."),
            "max_length": _("Shorten the subject to %(limit_value)d characters or fewer."),
        },
    )
    mail_text = forms.CharField(
        max_length=MAIL_LIMIT,
        error_messages={
            "required": _("Write the email first."),
            "max_length": _("Shorten the email to %(limit_value)d characters or fewer."),
        },
    )
    warned_of = forms.CharField(required=False)  # the words about which they were warned

    def __init__(self, data: QueryDict, *, signature: str) -> None:
        super().__init__(data)
        self.signature = signature

    def clean(self) -> dict[str, Any]:
        """Whoever was warned and leaves it as it is has decided."""
        data = super().clean() or {}
        found = TypedMail(data.get("mail_subject", ""), data.get("mail_text", ""), self.signature).said_outside
        if not set(found) <= set(data.get("warned_of", "").split(", ")):
            raise forms.ValidationError(_("Others can read the subject and the first words."))
        return data


class TemplateForm(forms.Form):
    template = forms.ModelChoiceField(
        MailTemplate.objects, error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a template."))
    )


class RequestForm(forms.Form):
    kind = forms.ChoiceField(choices=PrivacyRequestKind)


class MailForm(forms.Form):
    message = forms.UUIDField(error_messages={"required": _("Choose a mail."), "invalid": _("Choose a mail.")})


class EnrolmentForm(forms.Form):
    enrolment = forms.IntegerField(
        max_value=2**63 - 1, error_messages=dict.fromkeys(("required", "invalid", "max_value"), _("Choose a follow-up."))
    )


class SequenceForm(forms.Form):
    sequence = forms.SlugField(max_length=50, error_messages=dict.fromkeys(("required", "invalid"), _("Choose a sequence.")))

    def clean_sequence(self) -> Sequence:
        sequence = Sequence.objects.filter(slug=self.cleaned_data["sequence"]).first()
        if sequence is None:
            raise forms.ValidationError(_("Choose a sequence."))
        return sequence
