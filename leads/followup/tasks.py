"""What Celery calls: shells without arguments. The rows carry the state; project/celery.py has the schedule."""

import logging

from celery import shared_task
from django.utils import timezone

from leads.followup.alerts import alert_staff
from leads.followup.claim import requeue_expired
from leads.followup.crew import deliver_due
from leads.followup.purge import purge
from leads.followup.sequences import materialise
from leads.followup.trouble import describe
from leads.models import note_time

logger = logging.getLogger(__name__)

DUTIES = (requeue_expired, alert_staff, materialise, purge)


@shared_task
def deliver() -> None:
    """Somebody rang: mail is due."""
    deliver_due()


@shared_task
def sweep() -> None:
    """Every ten seconds: the only retry mechanism. A duty that fails holds up none of the others, least of all the mail."""
    now = timezone.now()
    note_time("sweep")
    for duty in DUTIES:
        try:
            duty(now)
        except Exception as error:  # it is tried again in ten seconds
            logger.error("%s failed: %s.", duty.__name__, describe(error))  # its own words may be a visitor's
    deliver_due()
