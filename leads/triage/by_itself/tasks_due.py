"""A task whose time has come: its lead needs us, and whoever has it is told, once; then the managers, if nobody sees to it. By itself.

Who has left has no tasks, and who is away gets none: they go to the lead's owner, or to who stands in. Of two workers at once one
tells, for the row says that it was told.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from leads.access import Right, may, staff_with
from leads.models import Clinic, Event, EventKind, Lead, NoticeKind, Role, Task, TaskQuerySet, TaskState, User
from leads.policy.at_work import away_on, is_at_work, is_away, was_open_for
from leads.policy.hours import OpeningHours, opening_hours
from leads.triage.by_itself.escalation import tell_managers
from leads.triage.decisions.notices import tell
from leads.triage.decisions.recording import lock
from leads.triage.decisions.resting import SLEEP, woken
from leads.triage.decisions.tasks_of_lead import codes_of

MOST = 500  # tasks in one go; the next come the next time


def see_to_tasks(now: datetime) -> int:
    """How many were passed on or told of."""
    hours = opening_hours()
    stale = was_open_for(Clinic.current().escalate_hours * 3600, now, hours)
    return (
        pass_on(now, hours)
        + _each(Task.objects.due(now).filter(told_at=None), lambda task: _come_due(task, now, hours))
        + _each(Task.objects.due(stale).filter(escalated_at=None), lambda task: _escalate(task, now))
    )


def pass_on(now: datetime, hours: OpeningHours) -> int:
    """Those of who left, at once; of who is away, when their time comes."""
    gone = Task.objects.open().filter(Q(assignee__is_active=False) | Q(assignee__role=Role.NONE))
    today = hours.local_day(now)
    deputies: dict[int | None, User] = {
        user.pk: user.stands_in for user in away_on(today) if user.stands_in and _is_there(user.stands_in, now, hours)
    }
    theirs = Task.objects.due(now).filter(assignee__in=deputies)
    return _each(gone, lambda task: _give(task, _owner_of(task.lead))) + _each(theirs, lambda task: _give(task, deputies[task.assignee_id]))


def _each(tasks: TaskQuerySet, see_to: Callable[[Task], bool]) -> int:
    found = tasks.of_open_leads().defer("text", "text_before").select_related("lead", "lead__owner", "assignee")
    return sum(see_to(task) for task in found[:MOST])


@transaction.atomic
def _give(task: Task, to: User | None) -> bool:
    """It comes due for them anew. It has no noun: who took it back would have it back at the next look."""
    was = codes_of(task)
    if not _ours(task, assignee=to, told_at=None):
        return False
    task.assignee = to
    data = {"task": str(task.pk), "was": was, "is": codes_of(task)}
    event = Event.objects.create(lead=task.lead, kind=EventKind.TASK_CHANGED, data=data)
    if to:
        tell(user=to, lead=task.lead, kind=NoticeKind.TASK, event=event)
    return True


@transaction.atomic
def _come_due(task: Task, now: datetime, hours: OpeningHours) -> bool:
    if not _ours(task, told_at=now):
        return False
    event = woken(task.lead, task)
    if event:
        task.lead.save(update_fields=SLEEP)
        event.save()
    for user in _hearers(task, now, hours):
        tell(user=user, lead=task.lead, kind=NoticeKind.TASK_DUE)
    return True


@transaction.atomic
def _escalate(task: Task, now: datetime) -> bool:
    if not _ours(task, escalated_at=now):
        return False
    tell_managers(task.lead, task=str(task.pk))
    return True


def _ours(task: Task, **change: object) -> bool:
    """Whether it is still as it was read; then it is changed. Whoever changes a task holds its lead."""
    try:
        lock(task.lead)
    except Lead.DoesNotExist:  # it has just become part of another lead, and the task with it
        return False
    as_read = {name: getattr(task, name) for name in ("lead", "due_at", "assignee", "told_at", "escalated_at")}
    return task.lead.is_open and bool(Task.objects.filter(pk=task.pk, state=TaskState.OPEN, **as_read).update(**change))


def _owner_of(lead: Lead) -> User | None:
    return lead.owner if lead.owner and may(lead.owner, Right.WORK_LEADS) else None


def _is_there(user: User, now: datetime, hours: OpeningHours) -> bool:
    return may(user, Right.WORK_LEADS) and not is_away(user, hours.local_day(now))


def _hearers(task: Task, now: datetime, hours: OpeningHours) -> list[User]:
    """Whoever has it. Where nobody has, or they are away and nobody stands in, everybody at work hears of it."""
    theirs = [task.assignee] if task.assignee else []
    if theirs and _is_there(theirs[0], now, hours):
        return theirs
    return theirs + [user for user in staff_with(Right.WORK_LEADS) if user not in theirs and is_at_work(user, now, hours)]
