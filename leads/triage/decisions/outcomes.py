"""What a decision makes of a lead, as the fields it sets. Every open lead that results has a next action with a time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from leads.models import Attention, Booking, Category, Clinic, Lead, PrivacyRequest, Stage, Task
from leads.models.privacy_request import NEXT_ACTION
from leads.models.task import NEXT_ACTION as TASK
from leads.policy.hours import OpeningHours, opening_hours
from leads.triage.words.times import Moment, ago, since, upcoming, when

NEXT_ACTIONS: dict[str, str] = {
    Category.NEW: "reply",
    Category.WORKING: "check_back",
    Category.BOOKED: "consultation",
    Category.WON: "look_after",
    Category.CLOSED: "",
}
REPLIED = {Category.WORKING, Category.BOOKED, Category.WON}  # a lead only comes here when somebody has spoken with them

Fields = dict[str, Any]


@dataclass(frozen=True)
class Calendar:
    """This moment, how others are told from it, and the clinic's working days around it."""

    now: datetime
    clinic: Clinic
    hours: OpeningHours

    @classmethod
    def today(cls) -> "Calendar":
        now, clinic = timezone.now(), Clinic.current()
        return cls(now, clinic, opening_hours())

    def ago(self, at: datetime) -> Moment:
        return ago(at, self.now, self.hours.zone)

    def since(self, at: datetime) -> Moment:
        """As a sentence ends."""
        return since(at, self.now, self.hours.zone)

    def upcoming(self, at: datetime) -> Moment:
        return upcoming(at, self.now, self.hours.zone)

    def when(self, at: datetime) -> str:
        return when(at, self.now, self.hours.zone)

    def check_back_at(self) -> datetime:
        return self.opening(self.clinic.check_back_days)

    def opening(self, days: int) -> datetime:
        """When we open, so many working days from today."""
        return self.morning_of(self.hours.working_day_after(self.now, days))

    def morning_of(self, day: date) -> datetime:
        return self.hours.morning_of(day)

    def promise(self) -> datetime:
        return self.hours.add(self.now, self.clinic.promise_hours * 3600)


def moved(lead: Lead, stage: Stage, calendar: Calendar) -> Fields:
    """The lead in another stage. Attention is its own matter, but for three moves: closing, reopening, and leaving with an answer."""
    change: Fields = {"stage": stage, "category": stage.category}
    if stage.category == Category.CLOSED:
        return change | closed()
    if replied(lead, stage):
        return change | settled(stage, calendar)
    if not lead.is_open:
        return change | needing_us(stage, calendar)
    checks = lead.attention == Attention.DONE and lead.next_action != TASK
    return change | ({"next_action": check_action(stage)} if checks else {})


def replied(lead: Lead, stage: Stage) -> bool:
    """Whether this move says that they no longer wait for an answer."""
    return stage.category in REPLIED and (lead.category == Category.NEW or lead.waiting_since is not None)


def check_action(stage: Stage) -> str:
    """What there is to do when a lead that is done for now is due again."""
    return "check_back" if stage.category == Category.NEW else NEXT_ACTIONS[stage.category]


def closed() -> Fields:
    return _attention(Attention.DONE) | {"next_action": "", "due_at": None, "waiting_since": None, "read_first": False}


def settled(stage: Stage, calendar: Calendar) -> Fields:
    """Somebody spoke with them: done for now, and we look again in so many working days."""
    return done(stage, calendar) | {"read_first": False}


def done(stage: Stage, calendar: Calendar) -> Fields:
    return _attention(Attention.DONE) | {"next_action": check_action(stage), "due_at": calendar.check_back_at(), "waiting_since": None}


def with_booking(fields: Fields, booking: Booking | None) -> Fields:
    """What a decision makes of a lead that is done for now: it is due when the next booking begins, and not before that."""
    if booking is None or fields.get("attention", Attention.DONE) != Attention.DONE:
        return fields
    return fields | {"next_action": booking.kind, "due_at": booking.starts_at}


def with_task(fields: Fields, task: Task | None, now: datetime) -> Fields:
    """What a decision makes of a lead for which there is something to do: it comes back for that, if for nothing else before. A task whose
    time has come needs us now.
    """
    attention, due_at = fields.get("attention", Attention.DONE), fields.get("due_at")
    if task is None or attention == Attention.NEEDS_US:
        return fields
    if task.due_at <= now:
        return fields | _attention(Attention.NEEDS_US) | {"next_action": TASK, "due_at": task.due_at}
    if attention == Attention.SNOOZED or (due_at and due_at <= task.due_at):
        return fields
    return fields | {"next_action": TASK, "due_at": task.due_at}


def with_request(fields: Fields, request: PrivacyRequest | None) -> Fields:
    """What a decision makes of a lead that still waits for what it asked about its data: it needs us until that is done."""
    if request is None:
        return fields
    return fields | _attention(Attention.NEEDS_US) | {"next_action": NEXT_ACTION, "due_at": request.due_at}


def needing_us(stage: Stage, calendar: Calendar) -> Fields:
    return _attention(Attention.NEEDS_US) | {"next_action": NEXT_ACTIONS[stage.category], "due_at": calendar.promise()}


def snoozed(until: datetime) -> Fields:
    return _attention(Attention.SNOOZED, until) | {"next_action": "look_again", "due_at": until}


def _attention(attention: str, until: datetime | None = None) -> Fields:
    return {"attention": attention, "snoozed_until": until}
