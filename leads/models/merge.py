"""Two leads that are one person, or are not: a merge with all that is needed to part them again, and pairs that stay apart."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leads.models.ids import uuid7
from leads.models.lead import Lead
from leads.models.sealed import SealedTextField

UNMERGE_WITHIN = timedelta(days=30)


class Merge(models.Model):
    """`other` became part of `lead`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="merges")
    other = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="part_of", db_index=False)  # merged_once
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    moved = models.JSONField(default=dict)  # {"leads.enquiry.lead": [ids]}
    values = SealedTextField()  # JSON: which lead was kept, and its fields before and after
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["other"], condition=Q(undone_at=None), name="merged_once")]
        indexes = [models.Index(fields=["other"], name="merge_of_other")]

    def __str__(self) -> str:
        return f"{self.other_id} into {self.lead_id}"


class NotSame(models.Model):
    """Somebody looked: `lead` and `other` are two people. Each pair has two rows, one from either side."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="apart", db_index=False)  # apart_once
    other = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+")
    household = models.BooleanField(default=False)  # they share an address, and that is shown
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lead", "other"], name="apart_once"),
            models.CheckConstraint(condition=~Q(lead=models.F("other")), name="apart_from_another"),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} is not {self.other_id}"
