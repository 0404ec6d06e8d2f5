"""Fetches what waits in the mailbox. Each mail is marked only once it is committed, so a crash costs a second look and never a mail."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from leads.capture.actions import receive_mail
from leads.capture.mailbox import Mailbox, Trouble, opened
from leads.followup.mailbox_trouble import note_fetched, note_try
from leads.followup.trouble import describe
from leads.models import LastTime, first_in

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)  # of one who fetches; longer than SECONDS and one slow answer
SECONDS = 60
KEY = "inbox"


def collect() -> None:
    """One at a time; whoever comes meanwhile leaves it to the other."""
    now = timezone.now()
    if not settings.INBOX or not first_in(KEY, LEASE, now):
        return
    note_try(now)
    try:
        with opened(settings.INBOX) as mailbox:
            collect_from(mailbox, time.monotonic() + SECONDS)
            note_fetched(starred=mailbox.has_starred())
    except Trouble as error:
        logger.error("The inbox can't be read: %s.", describe(error))
    finally:
        LastTime.objects.filter(key=KEY, at=now).update(at=now - LEASE)


def collect_from(mailbox: Mailbox, until: float, clock: Callable[[], float] = time.monotonic) -> None:
    """What `until` leaves no time for waits for the next round."""
    for number in mailbox.waiting():
        if clock() >= until:
            return
        _take(mailbox, number)


def _take(mailbox: Mailbox, number: str) -> None:
    """One that can't be read is starred, and holds up none behind it. A database that is away is no fault of the mail."""
    raw = mailbox.mail(number)
    if raw is None:
        return
    try:
        receive_mail(by=None, raw=raw)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # whatever a mail can raise
        logger.error("A mail was set aside in the inbox: %s.", describe(error))  # its own words may be the sender's
        mailbox.set_aside(number)
    else:
        mailbox.mark_seen(number)
