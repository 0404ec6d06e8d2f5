"""Shells around what runs by itself."""

from celery import shared_task
from django.utils import timezone

from leads.privacy.retention import forget_outlived


@shared_task
def forget() -> None:
    forget_outlived(timezone.now())
