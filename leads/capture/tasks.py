"""What Celery calls: a shell around the fetching of mail."""

from celery import shared_task

from leads.capture.collect import collect


@shared_task
def fetch_mail() -> None:
    collect()
