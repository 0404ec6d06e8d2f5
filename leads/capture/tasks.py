"""What Celery calls: shells around the fetching of mail and the imports."""

from celery import shared_task
from django.utils import timezone

from leads.capture.collect import collect
from leads.capture.importing.actions import forget_old
from leads.capture.importing.work import work


@shared_task
def fetch_mail() -> None:
    collect()


@shared_task
def import_some() -> None:
    work()
    forget_old(timezone.now())
