"""The follow-ups page: each sequence in words, and when its mails would leave."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch
from django.http import QueryDict

from leads.models import Enrolment, EnrolmentState, Sequence, Step, StepText, Version
from leads.triage.decisions.outcomes import Calendar
from leads.triage.sequences.simulator import SequenceSimulatorForm, planned, subject_of
from leads.triage.words import sequence_words as words
from leads.triage.words.times import Moment

_texts = Prefetch("texts", StepText.objects.defer("body"))
_versions = Version.objects.select_related("changed_by").prefetch_related(Prefetch("steps", Step.objects.prefetch_related(_texts)))


@dataclass(frozen=True)
class Shown:
    """A sequence and the version that whoever joins now gets; a sequence that was never published, and its draft."""

    sequence: Sequence
    version: Version
    draft: Version | None
    begins: str
    windows: str
    under_way: str
    elsewhere: list[str]  # who keeps which other version
    steps: list[tuple[str, str]]  # when, and the subject
    paused: Moment | None
    changed: Moment | None  # the draft

    @classmethod
    def of(cls, sequence: Sequence, going: Counter[int | None], calendar: Calendar) -> "Shown":
        versions = list(sequence.versions.all())
        draft = versions[-1] if versions[-1].published_at is None else None
        version = next((each for each in reversed(versions) if each.published_at), versions[-1])
        return cls(
            sequence=sequence,
            version=version,
            draft=draft,
            begins=words.begins(sequence),
            windows=words.windows(version.windows),
            under_way=words.under_way(sum(going.values())),
            elsewhere=words.elsewhere(version, versions, going),
            steps=[(words.waits(step, first=number == 0), subject_of(step)) for number, step in enumerate(version.steps.all())],
            paused=calendar.since(sequence.paused_at) if sequence.paused_at else None,
            changed=calendar.since(draft.changed_at) if draft and draft.changed_at else None,
        )

    @property
    def is_published(self) -> bool:
        return self.version.published_at is not None


def page(query: QueryDict) -> dict[str, Any]:
    calendar = Calendar.today()
    sequences = _sequences(calendar)
    live = [shown for shown in sequences if shown.is_published]
    form = SequenceSimulatorForm(query if "sequence" in query else None, calendar, [shown.sequence for shown in live])
    dates = []
    if form.is_valid():
        asked = next(shown for shown in live if shown.sequence.slug == form.cleaned_data["sequence"])
        dates = planned(form, asked.version, calendar)
    return {"sequences": sequences, "has_dates": bool(live), "stops": words.STOPS, "form": form, "planned": dates}


def _sequences(calendar: Calendar) -> list[Shown]:
    going = under_way()
    found = Sequence.objects.select_related("paused_by").prefetch_related(Prefetch("versions", _versions))
    return [Shown.of(each, going.get(each.pk, Counter()), calendar) for each in found if each.versions.all()]


def under_way() -> dict[int, Counter[int | None]]:
    """How many people, by sequence and version."""
    running = Enrolment.objects.filter(state=EnrolmentState.RUNNING).order_by()
    counted: dict[int, Counter[int | None]] = {}
    for sequence, version, number in running.values_list("sequence", "version").annotate(Count("pk")):
        counted.setdefault(sequence, Counter())[version] += number
    return counted
