"""A stage that is no longer wanted: its leads go to one that means the same, and nothing else about them changes."""

import logging

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from leads.models import Event, EventKind, Lead, Stage, User
from leads.triage.decisions.recording import Conflict

BATCH = 500  # leads that are locked at a time
AT_ONCE = 20  # batches while somebody waits for the page; the rest goes by itself

log = logging.getLogger(__name__)


@transaction.atomic
def remove_stage(*, by: User, stage: Stage, into: Stage) -> None:
    """From now on nobody can choose it. Its leads follow (`move_on`); so one of each category always stays."""
    stages = {each.pk: each for each in Stage.objects.select_for_update(no_key=True).order_by("pk")}
    going, target = stages[stage.pk], stages[into.pk]
    if going.gone_to_id:
        raise Conflict(_("A colleague has just removed this stage."))
    if target.gone_to_id or target == going or target.category != going.category:
        raise Conflict(_("Choose a stage that means the same."))
    Stage.objects.filter(Q(pk=going.pk) | Q(gone_to=going)).update(gone_to=target)
    log.info("stage %s was removed by %s, its leads go to %s", going.pk, by.pk, target.pk)


def move_on(*, by: User | None = None, batches: int = AT_ONCE) -> int:
    """Leads of stages that are gone, also those that a process which had not heard of it has just put there. How many."""
    moved = 0
    for _batch in range(batches):
        last = _move_batch(by)
        moved += last
        if last < BATCH:
            break
    return moved


@transaction.atomic
def _move_batch(by: User | None) -> int:
    """Whoever is being worked on at this moment waits for the next time: we never wait for a lead while we hold others."""
    gone = dict(Stage.objects.exclude(gone_to=None).values_list("pk", "gone_to"))
    if not gone:
        return 0
    free = Lead.objects.filter(stage__in=gone).select_for_update(no_key=True, skip_locked=True)
    leads = dict(free.order_by("pk").values_list("pk", "stage")[:BATCH])
    for stage, target in gone.items():
        Lead.objects.filter(pk__in=[pk for pk, here in leads.items() if here == stage]).update(stage=target)
    Event.objects.bulk_create(_moved(by, pk, stage, gone[stage]) for pk, stage in leads.items())
    return len(leads)


def _moved(by: User | None, lead: int, before: int, after: int | None) -> Event:
    """It has no noun, for there is no way back to a stage that is gone."""
    return Event(lead_id=lead, kind=EventKind.STAGE, by=by, data={"before": {"stage": before}, "after": {"stage": after}})
