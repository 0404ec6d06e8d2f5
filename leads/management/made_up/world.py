"""What all made-up stories share: the clinic as it is set up, its staff, this moment, and the dice."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from random import Random
from typing import Self

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from leads.access import Right, may
from leads.management.made_up.tables import Tables
from leads.models import Category, Clinic, Closure, Lead, Sequence, Stage, Starts, Step, User, Version
from leads.policy.hours import OpeningHours
from leads.policy.waits import Wait
from leads.policy.windows import SendWindows

MORNING = timedelta(hours=9)


@dataclass(frozen=True)
class PlannedMail:
    position: int
    text: dict[str, int]  # id by language
    wait: Wait


@dataclass(frozen=True)
class World:
    tables: Tables
    rng: Random
    now: datetime
    hours: OpeningHours
    promise_hours: int
    check_back_days: int
    stages: dict[str, int]  # {category: id of its first stage}
    staff: list[int]  # ids of the people who work on leads
    version: Version  # of the sequence that starts by itself
    windows: SendWindows
    mails: list[PlannedMail]  # of that version
    mail_domain: str
    _check_backs: dict[date, datetime] = field(default_factory=dict)

    @classmethod
    def today(cls, seed: int) -> Self:
        clinic, version = Clinic.current(), _version()
        hours = OpeningHours.of(clinic, Closure.objects.values_list("day", flat=True))
        return cls(
            tables=Tables(),
            rng=_dice(seed),
            now=timezone.now(),
            hours=hours,
            promise_hours=clinic.promise_hours,
            check_back_days=clinic.check_back_days,
            stages={str(category): Stage.objects.first_of(category).pk for category in Category.values},
            staff=[user.pk for user in User.objects.order_by("pk") if may(user, Right.WORK_LEADS)],
            version=version,
            windows=SendWindows.of(version.windows, hours),
            mails=[_planned(step) for step in version.steps.prefetch_related("texts")],
            mail_domain=parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2],
        )

    def check_back_at(self, at: datetime) -> datetime:
        """When a lead that was settled at `at` is looked at again. Remembered for each day: it is asked millions of times."""
        day = self.hours.local_day(at)
        if day not in self._check_backs:
            self._check_backs[day] = self.hours.at(self.hours.working_day_after(at, self.check_back_days), MORNING)
        return self._check_backs[day]


def _version() -> Version:
    """What those who wrote were followed up with."""
    sequence = Sequence.objects.filter(starts=Starts.BY_ITSELF).first()
    return Version.objects.select_related("sequence").filter(sequence=sequence, published_at__isnull=False).latest("number")


def _planned(step: Step) -> PlannedMail:
    return PlannedMail(step.position, {text.language: text.pk for text in step.texts.all()}, (step.wait, step.unit))


def _dice(seed: int) -> Random:
    """The same on an empty database; on one with leads they fall differently, or the ids of a second run would be those of the first."""
    newest = Lead.objects.aggregate(id=Max("id"))["id"]
    return Random(f"{seed} after {newest}")  # noqa: S311  # nosec B311: for made-up people
