"""What there is to do, by when, and for whom. The boxes stand in the lead page's one form, so each form has a prefix of its own."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leads.access import Right, may
from leads.models import Task, User
from leads.triage.decisions import snoozes
from leads.triage.decisions.boxes import as_typed, boxes_in
from leads.triage.decisions.forms import SOMEBODY, worker
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.tasks_of_lead import TEXT_LIMIT
from leads.triage.words.staff import colleagues, people
from leads.triage.words.times import FARTHEST, TOO_FAR

NEW = "task"  # the prefix of the form that adds one
WORK: dict[str, Any] = {"form": "work"}


class TaskForm(forms.Form):
    """For a task that is there already; its prefix names it."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("What is to be done"),
        max_length=TEXT_LIMIT,
        widget=forms.TextInput(attrs=WORK | {"class": "input", "autocomplete": "off"}),
        error_messages={
            "required": _("Write what there is to do."),
            "max_length": _("Shorten the task to %(limit_value)d characters or fewer."),
        },
    )
    day = forms.DateField(
        label=_("Due on"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs=WORK | {"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a date like 2026-06-30.")},
    )
    time = forms.TimeField(
        label=_("Due at"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs=WORK | {"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Enter a time like 14:30.")},
    )
    assignee = forms.TypedChoiceField(
        label=_("For"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs=WORK),
        error_messages={"invalid_choice": SOMEBODY},
    )

    def __init__(self, *data: Any, calendar: Calendar, **options: Any) -> None:
        self.calendar = calendar
        super().__init__(*data, **options)
        del self.fields["text"].widget.attrs["maxlength"]  # a browser cuts silently
        self.fields["day"].widget.attrs["min"] = calendar.hours.local_day(calendar.now).isoformat()
        offered = [(str(user.pk), str(user)) for user in colleagues()]
        self.fields["assignee"].choices = [("", _("Whoever is at work")), *offered]  # type: ignore[attr-defined]  # a ChoiceField

    @classmethod
    def of(cls, task: Task, calendar: Calendar, typed: QueryDict | None = None) -> "TaskForm":
        local = task.due_at.astimezone(calendar.hours.zone)
        initial = {"text": task.text, "day": local.date(), "time": local.time(), "assignee": task.assignee_id or ""}
        return as_typed(cls(boxes_in(typed, f"{task.pk.hex}-text"), calendar=calendar, prefix=task.pk.hex, initial=initial))

    def clean_day(self) -> date | None:
        """Far away days have no place in every time zone."""
        day: date | None = self.cleaned_data["day"]
        today = self.calendar.hours.local_day(self.calendar.now)
        if day and not today - FARTHEST <= day <= today + FARTHEST:
            raise forms.ValidationError(TOO_FAR)
        return day

    def clean_assignee(self) -> User | None:
        return worker(self.cleaned_data["assignee"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            data["due_at"] = self._moment(data)
        return data

    def _moment(self, data: dict[str, Any]) -> datetime:
        """A day without a time means its morning."""
        day, time = data["day"], data["time"]
        if day is None:
            raise forms.ValidationError(_("Choose until when."))
        if time is None:
            return self.calendar.morning_of(day)
        return self.calendar.hours.at(day, timedelta(hours=time.hour, minutes=time.minute))


class NewTaskForm(TaskForm):
    """One line: what, until when, for whom. A day that was chosen comes before the choices."""

    until = forms.ChoiceField(
        label=_("Due"), required=False, widget=forms.Select(attrs=WORK), error_messages={"invalid_choice": _("Choose until when.")}
    )

    field_order = ["text", "until", "day", "time", "assignee"]

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, prefix=NEW, **options)
        choices = [(choice.code, choice.label) for choice in snoozes.choices(self.calendar)]
        self.fields["until"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["until"].initial = "tomorrow"

    @classmethod
    def new(cls, me: User, calendar: Calendar, typed: QueryDict | None = None) -> "NewTaskForm":
        mine = me.pk if me.pk in people() and may(me, Right.WORK_LEADS) else ""
        return as_typed(cls(boxes_in(typed, f"{NEW}-text"), calendar=calendar, initial={"assignee": mine}))

    def _moment(self, data: dict[str, Any]) -> datetime:
        until = snoozes.until(self.calendar, data["until"], None) if data["until"] else None
        if data["day"] is None and data["time"] and until:  # "tomorrow", and a time of day
            data["day"] = self.calendar.hours.local_day(until)
        return super()._moment(data) if data["day"] or until is None else until


class WhichForm(forms.Form):
    task = forms.UUIDField(error_messages=dict.fromkeys(("required", "invalid"), _("Choose a task.")))


def has_typed_task(typed: QueryDict) -> bool:
    """Whether something stands in the boxes that would be lost: in the new line, or beside the task whose button was pressed."""
    pressed = typed.get("task", "").replace("-", "")
    return bool(typed.get(f"{NEW}-text") or (pressed and typed.get(f"{pressed}-text")))
