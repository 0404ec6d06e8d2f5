"""The published versions that people are under way in, read for all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db.models import Prefetch, Q

from leads.followup.schedule import windows_of
from leads.models import Enquiry, Enrolment, Remembered, Sequence, Starts, Step, StepText, Version
from leads.policy.hours import OpeningHours
from leads.policy.windows import SendWindows

_texts = Prefetch("texts", StepText.objects.defer("subject", "body"))
_steps = Prefetch("steps", Step.objects.prefetch_related(_texts))


@dataclass(frozen=True)
class Plan:
    version: Version

    @property
    def paused(self) -> bool:
        return self.version.sequence.paused_at is not None

    @property
    def first(self) -> Step:
        """Publishing sees that there is one."""
        return self.version.steps.all()[0]

    def step(self, position: int) -> Step | None:
        """The one at `position`, or the first after it, should this version have none there."""
        return next((step for step in self.version.steps.all() if step.position >= position), None)


class Plans:
    def __init__(self, versions: Iterable[Version], hours: OpeningHours) -> None:
        self._hours = hours
        self._by_version = {version.pk: Plan(version) for version in versions}
        self._newest = {plan.version.sequence_id: plan for plan in self._by_version.values() if plan.version.published_at}
        self._windows: dict[tuple[int, str, str], SendWindows] = {}

    @classmethod
    def of(cls, enrolments: Iterable[Enrolment], hours: OpeningHours) -> Self:
        """In as many statements however many they are. Read after the rows are locked: a pause that came before is seen."""
        versions = {enrolment.version_id for enrolment in enrolments}
        unnamed = [enrolment.sequence_id for enrolment in enrolments if enrolment.version_id is None]
        wanted = Q(pk__in=versions) | Q(sequence__in=unnamed, published_at__isnull=False)
        return cls(Version.objects.filter(wanted).select_related("sequence").prefetch_related(_steps), hours)

    def __getitem__(self, enrolment: Enrolment) -> Plan:
        return self._by_version.get(enrolment.version_id or 0) or self._newest[enrolment.sequence_id]

    def windows_of(self, enrolment: Enrolment) -> SendWindows:
        version, lead = self[enrolment].version, enrolment.lead
        key = (version.pk, lead.time_zone, lead.asked_hours)
        if key not in self._windows:
            self._windows[key] = windows_of(version, self._hours, lead.time_zone, lead.asked_hours)
        return self._windows[key]


def text_in(step: Step, language: str) -> StepText | None:
    """In that language, else in English."""
    texts = {text.language: text for text in step.texts.all()}
    return texts.get(language) or texts.get("en")


def plan_for(enquiry: Enquiry) -> Plan | None:
    """The first sequence that starts by itself and takes in such an enquiry; one that is paused where no other does: there they wait."""
    wanted = {"topic": enquiry.topic, "language": enquiry.language, "channel": enquiry.channel}
    by_itself = (plan for plan in published() if plan.version.sequence.starts == Starts.BY_ITSELF)
    return min((plan for plan in by_itself if plan.version.sequence.takes_in(**wanted)), key=lambda plan: plan.paused, default=None)


def running() -> list[Plan]:
    """What somebody may be put into by hand."""
    return [plan for plan in published() if not plan.paused]


def newest_plan(sequence: Sequence) -> Plan | None:
    """What somebody who joins now gets; None where nothing is published."""
    published = Version.objects.filter(sequence=sequence, published_at__isnull=False).select_related("sequence")
    version = published.prefetch_related(_steps).order_by("-number").first()
    return Plan(version) if version else None


def _read_published() -> list[Plan]:
    """Of each sequence its newest version."""
    versions = Version.objects.filter(published_at__isnull=False).select_related("sequence").prefetch_related("steps")
    newest = {version.sequence_id: version for version in versions.order_by("sequence__position", "sequence_id", "number")}
    return [Plan(version) for version in newest.values()]


published = Remembered(_read_published)
