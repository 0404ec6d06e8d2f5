"""What one of us has to do for a lead, and by when. Its text is sealed: lists hold none of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.clinic import Category
from leads.models.ids import uuid7
from leads.models.lead import Lead, Screening
from leads.models.moves import move
from leads.models.sealed import SealedTextField

NEXT_ACTION = "task"  # of a lead that is due for one


class TaskState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    REMOVED = "removed", _("Removed")  # by hand, or with its lead when that was closed; kept so that it can be taken back


S = TaskState
MOVES: Mapping[str, frozenset[str]] = {
    S.OPEN: frozenset({S.DONE, S.REMOVED}),
    S.DONE: frozenset({S.OPEN}),
    S.REMOVED: frozenset({S.OPEN}),
}


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> Self:
        """The soonest first."""
        return self.filter(state=TaskState.OPEN).order_by("due_at", "id")

    def of_open_leads(self) -> Self:
        return self.filter(lead__screening=Screening.ACCEPTED).exclude(lead__category=Category.CLOSED)

    def due(self, now: datetime) -> Self:
        return self.open().filter(due_at__lte=now)

    def move(self, before: str, after: str, **fields: Any) -> int:
        return move(self, MOVES, before, after, **fields)


class Task(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="tasks", db_index=False)  # task_of_lead
    text = SealedTextField()
    text_before = SealedTextField(null=True)  # what it said before it was last reworded, for undo
    due_at = models.DateTimeField()
    assignee = models.ForeignKey(  # empty: whoever is at work
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )  # task_of_person
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)  # task_by
    state = models.CharField(max_length=8, choices=TaskState, default=TaskState.OPEN)
    settled_at = models.DateTimeField(null=True)  # when it was done or removed
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )  # task_settled_by
    told_at = models.DateTimeField(null=True)  # when its time had come and somebody was told, once
    escalated_at = models.DateTimeField(null=True)  # when the managers were told

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="task_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="settled_task_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["lead", "due_at"], name="task_of_lead"),
            models.Index(fields=["due_at", "id"], name="task_open", condition=Q(state="open")),
            models.Index(fields=["assignee", "due_at", "id"], name="task_of_person", condition=Q(state="open")),
            models.Index(fields=["settled_at"], name="task_removed", condition=Q(state="removed")),
            # For the day on which somebody is deleted.
            models.Index(fields=["assignee"], name="task_assignee", condition=Q(assignee__isnull=False)),
            models.Index(fields=["by"], name="task_by", condition=Q(by__isnull=False)),
            models.Index(fields=["settled_by"], name="task_settled_by", condition=Q(settled_by__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.state
