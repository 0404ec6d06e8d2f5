"""How many lines work at once: one for what a quiet day brings, several when a backlog waits and the relay can take them."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

from django.conf import settings
from django.utils import timezone

from leads.followup.delivery import drain, opened
from leads.followup.doorbell import ring
from leads.followup.outlet import Outlet, new_outlet
from leads.followup.tray import Tray
from leads.models import Message

# Seconds after which a task ends and rings again: 30, or fewer where the lease is short. With one slow hand-over at its end,
# it is over before Celery's time limit (project/celery.py) would kill it in the middle of a mail.
SHIFT = settings.MAIL_LEASE / 6


def deliver_due(seconds: float = SHIFT) -> None:
    """Everything that is due, or as much as `seconds` allow."""
    until = time.monotonic() + seconds
    tray = Tray(until)
    if tray:
        with ExitStack() as lines:
            drain(tray, [lines.enter_context(closing(outlet)) for outlet in _crew(tray)])
    if time.monotonic() >= until and Message.objects.due(timezone.now()).exists():
        ring()


def _crew(tray: Tray) -> list[Outlet]:
    """Only those that could be opened; greeting a relay is mostly waiting, so the others do it at the same time."""
    first = new_outlet()
    if not opened(first):
        return []
    if not (tray.is_backlog and first.many and settings.MAIL_CONNECTIONS > 1):
        return [first]
    others = [new_outlet() for _ in range(settings.MAIL_CONNECTIONS - 1)]
    with ThreadPoolExecutor(len(others)) as pool:
        return [first, *(outlet for outlet, is_open in zip(others, pool.map(opened, others), strict=True) if is_open)]
