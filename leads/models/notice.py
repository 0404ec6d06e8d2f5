"""What the desk tells one colleague: somebody mentioned them, gave them a lead, or nobody has seen to one."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.event import Event
from leads.models.lead import Lead


class NoticeKind(models.TextChoices):
    MENTIONED = "mentioned", _("Mentioned you")
    ASSIGNED = "assigned", _("Gave you a lead")
    TASK = "task", _("Gave you a task")
    TASK_DUE = "task_due", _("A task of yours is due")
    OVERDUE = "overdue", _("A lead of yours waits for longer than promised")
    ESCALATED = "escalated", _("Nobody has seen to a lead")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """Codes and ids alone; what it is about is read from the lead by whoever may see that."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(  # empty: by itself
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)  # or found not to be wanted by mail

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-at"], name="notice_of_user"),
            models.Index(fields=["user"], name="notice_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["at"], name="notice_to_mail", condition=models.Q(read_at=None, mailed_at=None)),
            models.Index(fields=["read_at"], name="notice_read", condition=models.Q(read_at__isnull=False)),  # what purge.py forgets
        ]
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=NoticeKind.values), name="notice_kind_known")]

    def __str__(self) -> str:
        return self.kind
