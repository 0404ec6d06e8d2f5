"""When a lead that needs nobody now comes back: for what was booked, for a task, or for what it asked about its data."""

from collections.abc import Sequence

from django.utils import timezone

from leads.models import Attention, Event, EventKind, Lead, PrivacyRequest, Task
from leads.models.task import NEXT_ACTION as TASK
from leads.triage.decisions.outcomes import NEXT_ACTIONS, Calendar, Fields, done, with_booking, with_request, with_task
from leads.triage.decisions.snapshots import snapshot, thawed

SLEEP = ("attention", "snoozed_until", "next_action", "due_at")
PUTS_IT_THERE: Sequence[str] = (EventKind.TASK, EventKind.TASK_CHANGED, EventKind.TASK_DONE, EventKind.WOKEN)


def resting(change: Fields, lead: Lead) -> Fields:
    """What a decision makes of a lead, and what else there is to come back for."""
    now = timezone.now()
    booked = with_booking(change, lead.bookings.upcoming(now).first())
    return with_request(with_task(booked, next_task(lead), now), request_of(lead))


def request_of(lead: Lead) -> PrivacyRequest | None:
    """The oldest that is open."""
    return lead.privacy_requests.filter(done_at=None).order_by("at").first()


def next_task(lead: Lead) -> Task | None:
    return lead.tasks.open().defer("text", "text_before").first()


def with_tasks(lead: Lead, calendar: Calendar) -> Fields:
    """What the lead's tasks make of it now that one of them has changed: the fields that are others. Nothing, where it needs us anyway."""
    if not lead.is_open:
        return {}
    if lead.next_action == TASK:
        fields = resting(_without_task(lead, calendar), lead)
    else:
        fields = with_task({name: getattr(lead, name) for name in SLEEP}, next_task(lead), calendar.now)
    return {name: value for name, value in fields.items() if getattr(lead, name) != value}


def _without_task(lead: Lead, calendar: Calendar) -> Fields:
    """As it slept before a task came first. If its time has come meanwhile, it needs us for what it had slept for."""
    slept = _slept_before(lead)
    if slept:
        return slept if slept["due_at"] > calendar.now else slept | {"attention": Attention.NEEDS_US, "snoozed_until": None}
    if lead.waiting_since:
        return {"attention": Attention.NEEDS_US, "snoozed_until": None, "next_action": NEXT_ACTIONS[lead.category], "due_at": lead.due_at}
    return {name: value for name, value in done(lead.stage, calendar).items() if name in SLEEP}


def _slept_before(lead: Lead) -> Fields | None:
    """Out of the event by which a task came first; None where that was a decision about more than the task."""
    came = lead.events.filter(data__after__next_action=TASK).exclude(data__before__next_action=TASK)
    event = came.defer("text").order_by("-at", "-id").first()
    return thawed(event.data["before"], SLEEP) if event and event.kind in PUTS_IT_THERE else None


def woken(lead: Lead, task: Task) -> Event | None:
    """The task's time has come, and its lead needs us again, whatever it slept for. Not saved where it needs us already."""
    if lead.attention == Attention.NEEDS_US:
        return None
    before = snapshot(lead, SLEEP)
    lead.attention, lead.snoozed_until, lead.next_action, lead.due_at = Attention.NEEDS_US, None, TASK, task.due_at
    return Event(lead=lead, kind=EventKind.WOKEN, data={"task": str(task.pk), "before": before, "after": snapshot(lead, SLEEP)})
