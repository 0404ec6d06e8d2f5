"""What the desk tells a colleague beside the lead itself."""

from leads.access import Right, may
from leads.models import Event, Lead, Notice, NoticeKind, User


def tell(*, user: User, lead: Lead, kind: NoticeKind, by: User | None = None, event: Event | None = None) -> Notice | None:
    """In the caller's transaction. None where there is nobody to tell: oneself, or somebody who works on no leads."""
    if user == by or not may(user, Right.WORK_LEADS):
        return None
    return Notice.objects.create(user=user, lead=lead, kind=kind, by=by, event=event)
