"""What is to be done for a lead: its tasks, and what it asked about its data. Both in one query, for the lead page."""

from dataclasses import dataclass
from typing import Any, Self

from django.db.models import F, FilteredRelation, Q

from leads.models import Lead, PrivacyRequest, Task, TaskState

OF_TASK = ("id", "text", "due_at", "assignee_id", "state", "settled_at", "settled_by_id")
OF_REQUEST = ("id", "kind", "at")
COLUMNS = (*(f"task__{column}" for column in OF_TASK), *(f"asked__{column}" for column in OF_REQUEST))
SHOWN = [TaskState.OPEN, TaskState.DONE]
MOST = 200


@dataclass(frozen=True)
class ToDo:
    open: list[Task]  # the soonest first
    done: list[Task]  # the latest first
    requests: list[PrivacyRequest]  # the oldest first

    @classmethod
    def of(cls, lead: Lead) -> Self:
        """Each task comes with each request, of which there are at most two: less than a second trip to the database."""
        rows = list(_rows(lead))
        tasks = _each_once(Task, OF_TASK, [row[: len(OF_TASK)] for row in rows], lead)
        requests = _each_once(PrivacyRequest, OF_REQUEST, [row[len(OF_TASK) :] for row in rows], lead)
        done = [task for task in tasks if task.state == TaskState.DONE]
        return cls(
            [task for task in tasks if task.state == TaskState.OPEN],
            sorted(done, key=lambda task: (task.settled_at, task.pk), reverse=True),
            sorted(requests, key=lambda request: request.at),
        )

    def texts(self) -> dict[str, str]:
        """Of each task, for the history."""
        return {str(task.pk): task.text for task in (*self.open, *self.done)}


def _rows(lead: Lead) -> Any:
    both = Lead.objects.filter(pk=lead.pk).annotate(
        task=FilteredRelation("tasks", condition=Q(tasks__state__in=SHOWN)),
        asked=FilteredRelation("privacy_requests", condition=Q(privacy_requests__done_at__isnull=True)),
    )
    open_first = (F("task__state").desc(), F("task__settled_at").desc(), "task__due_at", "task__id")
    return both.order_by(*open_first).values_list(*COLUMNS)[:MOST]


def _each_once(model: Any, columns: tuple[str, ...], rows: list[Any], lead: Lead) -> list[Any]:
    found = {row[0]: row for row in rows if row[0] is not None}
    return [model(lead_id=lead.pk, **dict(zip(columns, row, strict=True))) for row in found.values()]
