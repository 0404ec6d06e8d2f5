"""Shells around what runs by itself."""

from celery import shared_task

from leads.reports.days import keep_up


@shared_task
def count() -> None:
    keep_up()
