"""One change of many leads: what is wanted, by whom, how far it is, and what became of each lead."""

from collections.abc import Mapping
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.event import Event
from leads.models.ids import uuid7
from leads.models.lead import Lead
from leads.models.moves import move
from leads.models.sealed import SealedTextField


class BulkState(models.TextChoices):
    GATHERING = "gathering", _("Gathering")  # finding the leads that match
    WORKING = "working", _("Working")
    DONE = "done", _("Done")  # each lead was changed, or says why not; can be undone for ten minutes
    UNDOING = "undoing", _("Undoing")
    UNDONE = "undone", _("Undone")


B = BulkState
BULK_MOVES: Mapping[str, frozenset[str]] = {
    B.GATHERING: frozenset({B.WORKING}),
    B.WORKING: frozenset({B.DONE}),
    B.DONE: frozenset({B.UNDOING}),
    B.UNDOING: frozenset({B.UNDONE}),
    B.UNDONE: frozenset(),
}
UNFINISHED = Q(state__in=["gathering", "working", "undoing"])


class ItemState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("It was so already")
    REFUSED = "refused", _("Not changed")  # `reason` is the sentence why
    UNDONE = "undone", _("Undone")
    KEPT = "kept", _("Not undone")  # somebody changed it since


class BulkQuerySet(models.QuerySet["BulkChange"]):
    def unfinished(self) -> Self:
        return self.filter(UNFINISHED)

    def move(self, before: str, after: str, **fields: Any) -> int:
        return move(self, BULK_MOVES, before, after, **fields)


class BulkChange(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)  # bulk_of_person
    at = models.DateTimeField(default=timezone.now)
    shown_at = models.DateTimeField(null=True)  # when the list was, on which somebody chose; else `at` counts
    state = models.CharField(max_length=10, choices=BulkState, default=BulkState.WORKING)
    action = models.SlugField(max_length=20, db_index=False)  # one of leads/triage/bulk/bulk_actions.py
    value = models.JSONField(default=dict, blank=True)  # codes, ids and times: which stage, whose, until when
    text = SealedTextField(null=True)  # what somebody wrote about it
    query = SealedTextField(null=True)  # the inbox address whose leads are meant; it may hold a name. Empty where they were chosen
    gathered = models.BigIntegerField(default=0)  # the id up to which leads were found
    total = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)  # those that were so already count
    refused = models.PositiveIntegerField(default=0)
    undone = models.PositiveIntegerField(default=0)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    kept = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)  # a worker is at it
    finished_at = models.DateTimeField(null=True)

    objects = BulkQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=BulkState.values), name="bulk_state_known")]
        indexes = [
            models.Index(fields=["by", "-at"], name="bulk_of_person"),
            models.Index(fields=["at"], name="bulk_unfinished", condition=UNFINISHED),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.id}"

    @property
    def is_finished(self) -> bool:
        return self.state in (BulkState.DONE, BulkState.UNDONE)


class BulkItem(models.Model):
    """One lead of it. Each is worked on once: whoever moves its state on does so in the transaction of the change."""

    bulk = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="items", db_index=False)  # one_item_a_lead
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.WAITING)
    event = models.OneToOneField(Event, on_delete=models.SET_NULL, null=True, related_name="bulk_item")
    reason = models.CharField(max_length=300, blank=True)  # a sentence of ours, never what somebody wrote

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="bulk_item_state_known"),
            models.UniqueConstraint(fields=["bulk", "lead"], name="one_item_a_lead"),
        ]
        indexes = [models.Index(fields=["bulk", "state", "id"], name="bulk_item_of_bulk")]

    def __str__(self) -> str:
        return f"{self.state} {self.lead_id}"
