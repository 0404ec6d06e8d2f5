"""Shells around the verbs that run by themselves."""

from celery import shared_task
from django.utils import timezone

from leads.followup import doorbell
from leads.triage.bulk.bulk import work_off
from leads.triage.by_itself import escalation, turns
from leads.triage.by_itself.stage_removal import move_on
from leads.triage.by_itself.tasks_due import see_to_tasks
from leads.triage.by_itself.waking import wake_due


@shared_task
def wake() -> None:
    """Whoever's time has come needs us first; then it is told what is overdue, so that nobody slept through it."""
    now = timezone.now()
    wake_due(now)
    see_to_tasks(now)
    escalation.remind(now)
    escalation.escalate(now)
    move_on()


@shared_task
def look_after() -> None:
    """New leads find somebody within seconds. Whoever may not be safe comes first: nothing else can hold that up."""
    now = timezone.now()
    escalation.press_crises(now)
    turns.look_after(now)


@shared_task
def bulk() -> None:
    """Somebody rang, or it is time to look whether a worker died: a slice at a time, so that mail never waits for it."""
    if work_off(timezone.now()):
        doorbell.ring_for_bulk()
