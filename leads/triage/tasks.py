"""Shells around the verbs that run by themselves."""

from celery import shared_task
from django.utils import timezone

from leads.triage.waking import wake_due


@shared_task
def wake() -> None:
    wake_due(timezone.now())
