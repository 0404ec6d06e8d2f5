"""Turns due steps into mails: at most one for each enrolment and step, after asking every stop rule again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from leads.followup.outbox import queue_many
from leads.followup.plans import Plans, text_in
from leads.followup.rules import Rules
from leads.followup.schedule import due_next
from leads.models import (
    COMING,
    Enrolment,
    EnrolmentState,
    Event,
    EventKind,
    Message,
    MessageKind,
    Step,
    StopReason,
)
from leads.policy.hours import OpeningHours, opening_hours

BATCH = 200


def materialise(now: datetime) -> None:
    """Every step that is due, in transactions of BATCH. Outside its window it waits for the next one."""
    hours = opening_hours()
    while _materialise_some(now, hours):
        pass


def _due(now: datetime) -> QuerySet[Enrolment]:
    """A step waits for the mail before it: order is kept while that one is being tried again. A paused sequence waits altogether."""
    before = Message.objects.filter(enrolment=OuterRef("pk"), state__in=COMING)
    going = Q(state=EnrolmentState.RUNNING, sequence__paused_at=None)
    return Enrolment.objects.filter(~Exists(before), going, due_at__lte=now)


@dataclass
class Batch:
    """What comes of the rows of one transaction."""

    now: datetime
    rules: Rules
    plans: Plans
    messages: list[Message]
    stops: list[Event]

    @classmethod
    def of(cls, due: Iterable[Enrolment], now: datetime, hours: OpeningHours) -> "Batch":
        return cls(now, Rules.about([enrolment.lead for enrolment in due]), Plans.of(due, hours), [], [])

    def decide(self, enrolment: Enrolment) -> None:
        """Afterwards it is no longer due."""
        plan = self.plans[enrolment]
        if plan.paused:  # since we looked
            return
        opens = self.plans.windows_of(enrolment).next(self.now)
        if opens > self.now:
            enrolment.due_at = opens
        elif reason := self.rules.stop_reason(enrolment.lead):
            self.stops.append(_stop(enrolment, reason))
        elif not self.rules.consent_used_up(enrolment.lead) and (step := plan.step(enrolment.next_step)):
            self.messages.append(new_mail(enrolment, step, self.now))
            self.rules.count(enrolment.lead)
            advance(enrolment, step, self.plans, enrolment.due_at or self.now, self.now)
        else:
            enrolment.state = EnrolmentState.FINISHED


def advance(enrolment: Enrolment, step: Step, plans: Plans, planned: datetime, now: datetime) -> None:
    """To the step after `step`, which was planned for then."""
    if following := plans[enrolment].step(step.position + 1):
        enrolment.next_step = following.position
        enrolment.due_at = due_next(following, planned, plans.windows_of(enrolment), now)
    else:
        enrolment.next_step = step.position + 1
        enrolment.state = EnrolmentState.FINISHED


@transaction.atomic
def _materialise_some(now: datetime, hours: OpeningHours) -> bool:
    """Whether there may be more."""
    locked = _due(now).select_for_update(of=("self", "lead"), no_key=True, skip_locked=True).select_related("lead")
    due = list(locked.order_by("due_at")[:BATCH])
    batch = Batch.of(due, now, hours)
    for enrolment in due:
        batch.decide(enrolment)
    Enrolment.objects.bulk_update(due, ["state", "stop_reason", "next_step", "due_at"])
    Event.objects.bulk_create(batch.stops)
    queue_many(batch.messages)
    return len(due) == BATCH


def new_mail(enrolment: Enrolment, step: Step, now: datetime) -> Message:
    return Message(
        kind=MessageKind.FOLLOWUP,
        mail=step.mail or "",
        text=text_in(step, enrolment.lead.language),
        lead=enrolment.lead,
        enrolment=enrolment,
        step=step.position,
        to_address=enrolment.lead.email,
        language=enrolment.lead.language,
        due_at=now,
    )


def _stop(enrolment: Enrolment, reason: StopReason) -> Event:
    enrolment.state, enrolment.stop_reason = EnrolmentState.STOPPED, reason
    return Event(lead=enrolment.lead, kind=EventKind.FOLLOWUP_STOPPED, data={"reason": reason.value})
