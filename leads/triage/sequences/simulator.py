"""When the mails of a sequence would leave, if somebody wrote at a certain time. Asked by GET: nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from leads.followup.plans import text_in
from leads.followup.schedule import simulate
from leads.models import Sequence, Step, Version
from leads.policy.promise import promise_at
from leads.policy.zones import places
from leads.triage.decisions.outcomes import Calendar
from leads.triage.words.times import full, on_another_clock

FRIDAY, AT_FOUR = 4, time(16)
FIELD_FORMAT = "%Y-%m-%dT%H:%M"


class SimulatorForm(forms.Form):
    use_required_attribute = False
    at = forms.DateTimeField(
        label=_("Somebody writes on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FIELD_FORMAT),
        error_messages=dict.fromkeys(("required", "invalid"), _("Enter a day and a time")),
    )
    zone = forms.ChoiceField(label=_("In the time zone"), error_messages={"invalid_choice": _("Choose a time zone")})

    def __init__(self, data: Mapping[str, Any] | None, calendar: Calendar) -> None:
        here, now = calendar.hours.zone, calendar.now
        super().__init__(data, initial={"at": now.astimezone(here).replace(tzinfo=None), "zone": here.key}, auto_id="simulate-%s")
        self.fields["zone"].choices = [(zone, zone.replace("_", " ")) for zone in sorted({*places(), here.key})]  # type: ignore[attr-defined]  # a ChoiceField

    @classmethod
    def of_friday_at_four(cls, calendar: Calendar) -> "SimulatorForm":
        """The next one: the hour at which a plan shows what it is worth."""
        now = calendar.now.astimezone(calendar.hours.zone).replace(tzinfo=None)
        at = datetime.combine(now.date() + timedelta(days=(FRIDAY - now.weekday()) % 7), AT_FOUR)
        if at < now:
            at += timedelta(days=7)
        return cls({"at": at.strftime(FIELD_FORMAT), "zone": calendar.hours.zone.key}, calendar)

    def clean_at(self) -> datetime:
        """A time on the clock of the zone that was chosen: the zone comes in `written_at`."""
        at: datetime = self.cleaned_data["at"]
        if not 2000 < at.year < 2100:
            raise forms.ValidationError(_("Enter a day and a time"))
        return at.replace(tzinfo=None)

    @property
    def written_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        return at.replace(tzinfo=ZoneInfo(self.cleaned_data["zone"]))


class SequenceSimulatorForm(SimulatorForm):
    sequence = forms.ChoiceField(label=_("Sequence"))
    field_order = ("sequence", "at", "zone")

    def __init__(self, data: Mapping[str, Any] | None, calendar: Calendar, sequences: list[Sequence]) -> None:
        super().__init__(data, calendar)
        self.fields["sequence"].choices = [(each.slug, each.name) for each in sequences]  # type: ignore[attr-defined]  # a ChoiceField


@dataclass(frozen=True)
class Planned:
    number: int
    subject: str
    theirs: str
    ours: str  # "" where both have the same clock


def planned(form: SimulatorForm, version: Version, calendar: Calendar) -> list[Planned]:
    """What a valid form asks."""
    theirs, ours, at = ZoneInfo(form.cleaned_data["zone"]), calendar.hours.zone, form.written_at
    moments = simulate(version, at, theirs.key, calendar.hours, promise_at(at))
    subjects = [subject_of(step) for step in version.steps.all()]
    return [
        Planned(number, subject, full(moment, theirs), full(moment, ours) if on_another_clock(moment, theirs.key, ours) else "")
        for number, (subject, moment) in enumerate(zip(subjects, moments, strict=True), start=1)
    ]


def subject_of(step: Step) -> str:
    text = text_in(step, "en")
    return text.subject if text else ""
