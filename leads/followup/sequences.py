"""Turns due steps into mails: at most one for each enrolment and step, after asking every stop rule again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from leads.followup.outbox import queue_many
from leads.followup.rules import Rules
from leads.followup.schedule import due_after, next_window
from leads.models import (
    Enrolment,
    EnrolmentState,
    Event,
    EventKind,
    Message,
    MessageKind,
    MessageState,
    Step,
    StopReason,
)
from leads.policy.hours import OpeningHours, opening_hours

BATCH = 200
STILL_HERE = (MessageState.QUEUED, MessageState.CLAIMED, MessageState.SENDING)


def materialise(now: datetime) -> None:
    """Every step that is due, in transactions of BATCH. At night and on closed days they wait for the next window."""
    hours = opening_hours()
    opens = next_window(now, hours)
    if opens > now:
        _due(now).update(due_at=opens)
    else:
        while _materialise_some(now, hours):
            pass


def _due(now: datetime) -> QuerySet[Enrolment]:
    """A step waits for the mail before it: order is kept while that one is being tried again."""
    before = Message.objects.filter(enrolment=OuterRef("pk"), state__in=STILL_HERE)
    return Enrolment.objects.filter(~Exists(before), state=EnrolmentState.RUNNING, due_at__lte=now)


@transaction.atomic
def _materialise_some(now: datetime, hours: OpeningHours) -> bool:
    """Each row that is looked at is no longer due afterwards."""
    locked = _due(now).select_for_update(of=("self",), skip_locked=True).select_related("lead")
    due = list(locked.order_by("due_at")[:BATCH])
    rules, plans = Rules.about([enrolment.lead for enrolment in due]), _plans(due)
    messages, stops = [], []
    for enrolment in due:
        if reason := rules.stop_reason(enrolment.lead):
            stops.append(_stop(enrolment, reason))
        elif not rules.consent_used_up(enrolment.lead) and (step := plans[enrolment.sequence_id].step(enrolment.next_step)):
            messages.append(_mail(enrolment, step, now))
            _advance(enrolment, step, plans[enrolment.sequence_id], hours, now)
        else:
            enrolment.state = EnrolmentState.FINISHED
    Enrolment.objects.bulk_update(due, ["state", "stop_reason", "next_step", "due_at"])
    Event.objects.bulk_create(stops)
    queue_many(messages)
    return len(due) == BATCH


@dataclass(frozen=True)
class Plan:
    steps: list[Step]  # in order

    def step(self, position: int) -> Step | None:
        """The one at `position`, or the first after it, should the clinic have taken that one out."""
        return next((step for step in self.steps if step.position >= position), None)


def _plans(enrolments: Iterable[Enrolment]) -> dict[int, Plan]:
    plans: dict[int, Plan] = {enrolment.sequence_id: Plan([]) for enrolment in enrolments}
    for step in Step.objects.filter(sequence__in=plans):
        plans[step.sequence_id].steps.append(step)
    return plans


def _mail(enrolment: Enrolment, step: Step, now: datetime) -> Message:
    return Message(
        kind=MessageKind.FOLLOWUP,
        mail=step.mail,
        lead=enrolment.lead,
        enrolment=enrolment,
        step=step.position,
        to_address=enrolment.lead.email,
        language=enrolment.lead.language,
        due_at=now,
    )


def _advance(enrolment: Enrolment, step: Step, plan: Plan, hours: OpeningHours, now: datetime) -> None:
    if following := plan.step(step.position + 1):
        enrolment.next_step = following.position
        enrolment.due_at = due_after(step, following, hours, now)
    else:
        enrolment.next_step = step.position + 1
        enrolment.state = EnrolmentState.FINISHED


def _stop(enrolment: Enrolment, reason: StopReason) -> Event:
    enrolment.state, enrolment.stop_reason = EnrolmentState.STOPPED, reason
    return Event(lead=enrolment.lead, kind=EventKind.FOLLOWUP_STOPPED, data={"reason": reason.value})
