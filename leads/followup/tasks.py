"""What Celery calls: shells without arguments. The rows carry the state (project/celery.py has the schedule)."""

from celery import shared_task


@shared_task
def deliver() -> None:
    """Somebody rang: mail is due."""


@shared_task
def sweep() -> None:
    """Every ten seconds: the only retry mechanism."""
