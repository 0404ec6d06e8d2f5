"""Who has come since a list was shown: asked every few seconds by every open inbox, so it reads one index and no more."""

from datetime import datetime

from leads.access import leads_visible_to
from leads.models import User
from leads.triage.filters import Asked

MOST = 99


def arrivals(user: User, asked: Asked, shown: datetime) -> int:
    """Of those the list asks for, who wrote and waits since. In Check, who came. One read, bounded."""
    since = {"received_at__gt": shown} if asked.in_check else {"waiting_since__gt": shown}
    return len(asked.leads(leads_visible_to(user), user).filter(**since).order_by().values_list("pk")[:MOST])
