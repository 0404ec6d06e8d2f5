"""Shells around the verbs that run by themselves."""

from celery import shared_task
from django.utils import timezone

from leads.triage import actions


@shared_task
def wake() -> None:
    actions.wake_due(timezone.now())
