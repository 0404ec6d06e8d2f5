"""The follow-ups page: each sequence in words, and when its mails would leave."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.db.models import Count, Prefetch
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leads.followup.plans import text_in
from leads.followup.schedule import simulate
from leads.models import Enrolment, EnrolmentState, Sequence, Step, StepText, Version
from leads.policy.promise import promise_for
from leads.policy.zones import known_zone
from leads.triage import sequence_words as words
from leads.triage.outcomes import Calendar
from leads.triage.times import full, on_another_clock

REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
_published = Version.objects.filter(published_at__isnull=False).prefetch_related(
    Prefetch("steps", Step.objects.prefetch_related(Prefetch("texts", StepText.objects.defer("body"))))
)


@dataclass(frozen=True)
class Shown:
    """A sequence and the version that whoever joins now gets."""

    sequence: Sequence
    version: Version
    begins: str
    windows: str
    under_way: str
    steps: list[tuple[str, str]]  # when, and the subject

    @classmethod
    def of(cls, sequence: Sequence, version: Version, under_way: int) -> "Shown":
        steps = [(words.waits(step, first=number == 0), subject_of(step)) for number, step in enumerate(version.steps.all())]
        return cls(sequence, version, words.begins(sequence), words.windows(version.windows), words.under_way(under_way), steps)


def subject_of(step: Step) -> str:
    text = text_in(step, "en")
    return text.subject if text else ""


class SimulatorForm(forms.Form):
    """Asked by GET: nothing is kept."""

    use_required_attribute = False
    sequence = forms.ChoiceField(label=_("Sequence"))
    at = forms.DateTimeField(
        label=_("Somebody writes on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages=dict.fromkeys(("required", "invalid"), _("Enter a day and a time")),
    )
    zone = forms.ChoiceField(label=_("In the time zone"), error_messages={"invalid_choice": _("Choose a time zone")})

    def __init__(self, data: QueryDict | None, sequences: list[Shown], calendar: Calendar) -> None:
        here, now = calendar.hours.zone, calendar.now
        initial = {"at": now.astimezone(here).replace(tzinfo=None), "zone": here.key}
        super().__init__(data, initial=initial, auto_id="simulate-%s")
        # Both are ChoiceFields, which their type here does not say.
        self.fields["sequence"].choices = [(shown.sequence.slug, shown.sequence.name) for shown in sequences]  # type: ignore[attr-defined]
        self.fields["zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones(here.key)]  # type: ignore[attr-defined]

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


@lru_cache
def zones(here: str) -> list[str]:
    return sorted({zone for zone in available_timezones() if zone.startswith(REGIONS) and known_zone(zone)} | {here})


@dataclass(frozen=True)
class Planned:
    number: int
    subject: str
    theirs: str
    ours: str  # "" where both have the same clock


def page(query: QueryDict) -> dict[str, Any]:
    calendar, sequences = Calendar.today(), _sequences()
    form = SimulatorForm(query if "sequence" in query else None, sequences, calendar)
    planned = _planned(form, sequences, calendar) if form.is_valid() else []
    return {"sequences": sequences, "stops": words.STOPS, "form": form, "planned": planned}


def _sequences() -> list[Shown]:
    """Those that somebody can get; a first draft is nobody's yet."""
    running = Enrolment.objects.filter(state=EnrolmentState.RUNNING).order_by()
    going = dict(running.values_list("sequence").annotate(Count("pk")))
    found = Sequence.objects.prefetch_related(Prefetch("versions", _published))
    return [Shown.of(each, versions[-1], going.get(each.pk, 0)) for each in found if (versions := list(each.versions.all()))]


def _planned(form: SimulatorForm, sequences: list[Shown], calendar: Calendar) -> list[Planned]:
    shown = next(each for each in sequences if each.sequence.slug == form.cleaned_data["sequence"])
    theirs, ours, at = ZoneInfo(form.cleaned_data["zone"]), calendar.hours.zone, form.written_at
    promise = promise_for(at, calendar.hours, calendar.clinic.promise_hours, [])
    moments = simulate(shown.version, at, theirs.key, calendar.hours, promise)
    subjects = [subject for _wait, subject in shown.steps]
    return [
        Planned(number, subject, full(moment, theirs), full(moment, ours) if on_another_clock(moment, theirs.key, ours) else "")
        for number, (subject, moment) in enumerate(zip(subjects, moments, strict=True), start=1)
    ]
