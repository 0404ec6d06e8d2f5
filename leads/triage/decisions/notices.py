"""What the desk tells a colleague beside the lead itself; the mail about it is followup's (alerts.py)."""

from django.utils import timezone

from leads.access import Right, may
from leads.models import Event, Lead, Notice, NoticeKind, User


def tell(*, user: User, lead: Lead, kind: NoticeKind, by: User | None = None, event: Event | None = None) -> Notice | None:
    """In the caller's transaction. None where there is nobody to tell: oneself, or somebody who works on no leads."""
    if user == by or not may(user, Right.WORK_LEADS):
        return None
    return Notice.objects.create(user=user, lead=lead, kind=kind, by=by, event=event)


def read(*, by: User, pk: int | None = None) -> int:
    """One of theirs, or all of them. How many were unread."""
    theirs = Notice.objects.filter(user=by).unread()
    return (theirs.filter(pk=pk) if pk else theirs).update(read_at=timezone.now())
