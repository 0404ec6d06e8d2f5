"""A day and a time of day, on the clinic's clock. Its boxes stand in the lead page's one form, so each has a prefix of its own."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leads.models import Booking, BookingKind
from leads.models.booking import LONGEST, SHORTEST
from leads.policy.hours import DAY
from leads.triage.bookings.bookings import NOTE_LIMIT
from leads.triage.decisions.boxes import as_typed, boxes_in
from leads.triage.decisions.outcomes import Calendar
from leads.triage.words.times import FARTHEST, TOO_FAR

NEW = "booking"  # the prefix of the form that sets one
HOW_LONG = _("Choose from 15 to 240 minutes.")


class TimeForm(forms.Form):
    """For a booking that moves; its prefix names it."""

    use_required_attribute = False

    day = forms.DateField(
        label=_("Day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date", "form": "work"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Enter a date like 2026-06-30.")},
    )
    time = forms.TimeField(
        label=_("Time"),
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time", "form": "work"}, format="%H:%M"),
        error_messages={"required": _("Choose a time of day."), "invalid": _("Enter a time like 14:30.")},
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        initial=30,
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.NumberInput(attrs={"form": "work", "step": 5}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), HOW_LONG),
    )

    def __init__(self, *data: Any, calendar: Calendar, **options: Any) -> None:
        self.calendar = calendar
        super().__init__(*data, **options)
        self.fields["day"].widget.attrs["min"] = calendar.hours.local_day(calendar.now).isoformat()

    @classmethod
    def of(cls, booking: Booking, calendar: Calendar, typed: QueryDict | None = None) -> "TimeForm":
        local = booking.starts_at.astimezone(calendar.hours.zone)
        initial = {"day": local.date(), "time": local.time(), "minutes": booking.minutes}
        return as_typed(cls(boxes_in(typed, f"{booking.pk.hex}-day"), calendar=calendar, prefix=booking.pk.hex, initial=initial))

    def clean_day(self) -> date:
        """Far away days have no place in every time zone."""
        day: date = self.cleaned_data["day"]
        today = self.calendar.hours.local_day(self.calendar.now)
        if not today - DAY <= day <= today + FARTHEST:
            raise forms.ValidationError(TOO_FAR)
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "day" in data and "time" in data:
            data["starts_at"] = self._moment(data)
        return data

    def _moment(self, data: dict[str, Any]) -> datetime:
        since_midnight = timedelta(hours=data["time"].hour, minutes=data["time"].minute)
        return self.calendar.hours.at(data["day"], since_midnight)


class BookForm(TimeForm):
    kind = forms.ChoiceField(
        label=_("What"),
        choices=BookingKind,
        widget=forms.Select(attrs={"form": "work"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a call or a consultation.")),
    )
    note = forms.CharField(
        label=_("Note for colleagues (optional)"),
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"form": "work", "rows": 2}),
        error_messages={"max_length": _("Shorten the note to %(limit_value)d characters or fewer.")},
    )

    field_order = ["kind", "day", "time", "minutes", "note"]

    def __init__(self, *data: Any, kinds: Sequence[BookingKind] = tuple(BookingKind), **options: Any) -> None:
        super().__init__(*data, prefix=NEW, **options)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["kind"].initial = kinds[0].value
        del self.fields["note"].widget.attrs["maxlength"]  # a browser cuts silently

    @classmethod
    def new(cls, kinds: Sequence[BookingKind], calendar: Calendar, typed: QueryDict | None = None) -> "BookForm":
        return as_typed(cls(boxes_in(typed, f"{NEW}-day"), kinds=kinds, calendar=calendar))


class WhichForm(forms.Form):
    booking = forms.UUIDField(error_messages=dict.fromkeys(("required", "invalid"), _("Choose a booking.")))


def has_typed_time(typed: QueryDict) -> bool:
    """Whether something stands in the boxes that would be lost."""
    return bool(typed.get("booking") or any(typed.get(f"{NEW}-{name}") for name in ("day", "time", "note")))
