"""How many work at once: one connection for what a quiet day brings, several when a backlog waits and the relay can take them."""

import logging
import threading
import time

from django.conf import settings
from django.db import connection
from django.utils import timezone

from leads.followup.claim import BATCH, claim
from leads.followup.delivery import drain
from leads.followup.doorbell import ring
from leads.followup.outlet import new_outlet
from leads.followup.trouble import describe
from leads.models import Message

logger = logging.getLogger(__name__)

# Seconds after which a task ends and rings again: 30, or fewer where the lease is short. With one slow hand-over at its end,
# it is over before Celery's time limit (project/celery.py) would kill it in the middle of a mail.
SHIFT = settings.MAIL_LEASE / 6


def deliver_due(seconds: float = SHIFT) -> None:
    """Everything that is due, or as much as `seconds` allow."""
    until = time.monotonic() + seconds
    batch = claim()
    helpers = [threading.Thread(target=_help, args=(until,)) for _ in range(_helpers_for(batch))]
    for helper in helpers:
        helper.start()
    try:
        drain(until, batch)
    finally:
        for helper in helpers:
            helper.join()
    if time.monotonic() >= until and Message.objects.due(timezone.now()).exists():
        ring()


def _helpers_for(batch: list[Message]) -> int:
    """SQLite has one writer, and a file needs no waiting for: there more hands would only queue up."""
    backlog = len(batch) == BATCH and Message.objects.due(timezone.now()).exists()
    return settings.MAIL_CONNECTIONS - 1 if backlog and connection.vendor == "postgresql" and new_outlet().many else 0


def _help(until: float) -> None:
    try:
        drain(until)
    except Exception as error:  # what it held is requeued when the lease is over
        logger.error("A mail connection broke off: %s.", describe(error))  # its own words may be the visitor's
    finally:
        connection.close()
