"""What there is to do for a lead, as its page says it; and the line that adds to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from leads.models import Lead, Screening, Task, User
from leads.triage.decisions.outcomes import Calendar
from leads.triage.task_list.task_forms import NewTaskForm, TaskForm
from leads.triage.task_list.to_do import ToDo
from leads.triage.words.staff import people
from leads.triage.words.times import Moment


@dataclass(frozen=True)
class OpenTask:
    pk: str
    text: str
    who: str
    due: Moment
    overdue: bool
    form: TaskForm


@dataclass(frozen=True, slots=True)
class DoneTask:
    pk: str
    text: str
    who: str  # did it
    at: Moment | None


@dataclass(frozen=True)
class TaskPanel:
    open: Sequence[OpenTask]
    done: Sequence[DoneTask]
    form: NewTaskForm | None  # None: nothing can be changed here

    @classmethod
    def of(cls, lead: Lead, to_do: ToDo, me: User, calendar: Calendar, typed: QueryDict | None = None) -> Self:
        works = lead.is_open and lead.screening == Screening.ACCEPTED
        return cls(
            [_open(task, calendar, typed) for task in to_do.open],
            [_done(task, calendar) for task in to_do.done],
            NewTaskForm.new(me, calendar, typed) if works else None,
        )


def _open(task: Task, calendar: Calendar, typed: QueryDict | None) -> OpenTask:
    due = calendar.upcoming(task.due_at)
    return OpenTask(str(task.pk), task.text, for_whom(task), due, task.due_at <= calendar.now, TaskForm.of(task, calendar, typed))


def _done(task: Task, calendar: Calendar) -> DoneTask:
    at = calendar.since(task.settled_at) if task.settled_at else None
    return DoneTask(str(task.pk), task.text, _name(task.settled_by_id) or _("a program"), at)


def for_whom(task: Task) -> str:
    return _name(task.assignee_id) or _("whoever is at work")


def _name(pk: int | None) -> str:
    known = people.with_ids([pk]).get(pk) if pk else None
    return str(known) if known else ""
