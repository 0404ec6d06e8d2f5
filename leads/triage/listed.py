"""What a list reads of a lead: the columns that its row needs, and no Lead made of them."""

from datetime import datetime
from typing import Protocol, cast

from django.db.models import QuerySet

from leads.models import Lead, LeadQuerySet


class Listed(Protocol):
    """A Lead is one, too."""

    id: int
    reference: str
    screening: str
    name: str
    email: str
    topic: str
    reply_by: str
    may_leave_voicemail: bool
    stage_id: int
    category: str
    attention: str
    next_action: str
    due_at: datetime | None
    owner_id: int | None
    read_first: bool
    received_at: datetime
    waiting_since: datetime | None


COLUMNS = tuple(Listed.__annotations__)


def listed(leads: LeadQuerySet) -> QuerySet[Lead, Listed]:
    """The last step of a query: what it gives can only be looked at."""
    return cast(QuerySet[Lead, Listed], leads.values_list(*COLUMNS, named=True))
