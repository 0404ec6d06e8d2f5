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
from leads.models import Category, Clinic, Closure, Lead, Sequence, Stage, User
from leads.policy.hours import OpeningHours

MORNING = timedelta(hours=9)


@dataclass(frozen=True)
class PlannedMail:
    position: int
    mail: str
    working_days: int


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
    sequence: int
    sequence_slug: str
    mails: list[PlannedMail]  # of that sequence
    mail_domain: str
    _check_backs: dict[date, datetime] = field(default_factory=dict)

    @classmethod
    def today(cls, seed: int) -> Self:
        clinic, sequence = Clinic.current(), Sequence.objects.get(is_default=True)
        return cls(
            tables=Tables(),
            rng=_dice(seed),
            now=timezone.now(),
            hours=OpeningHours.of(clinic, Closure.objects.values_list("day", flat=True)),
            promise_hours=clinic.promise_hours,
            check_back_days=clinic.check_back_days,
            stages={str(category): Stage.objects.first_of(category).pk for category in Category.values},
            staff=[user.pk for user in User.objects.order_by("pk") if may(user, Right.WORK_LEADS)],
            sequence=sequence.pk,
            sequence_slug=sequence.slug,
            mails=[PlannedMail(step.position, step.mail, step.working_days) for step in sequence.steps.all()],
            mail_domain=parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2],
        )

    def check_back_at(self, at: datetime) -> datetime:
        """When a lead that was settled at `at` is looked at again. Remembered for each day: it is asked millions of times."""
        day = self.hours.local_day(at)
        if day not in self._check_backs:
            self._check_backs[day] = self.hours.at(self.hours.working_day_after(at, self.check_back_days), MORNING)
        return self._check_backs[day]


def _dice(seed: int) -> Random:
    """The same on an empty database; on one with leads they fall differently, or the ids of a second run would be those of the first."""
    newest = Lead.objects.aggregate(id=Max("id"))["id"]
    return Random(f"{seed} after {newest}")  # noqa: S311  # nosec B311: for made-up people
