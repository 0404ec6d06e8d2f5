"""When the mails of a sequence leave: on an open day, inside the send window, as far apart as the plan says."""

from datetime import datetime

from leads.models import Step
from leads.policy.hours import OpeningHours
from leads.policy.windows import next_send


def first_due(step: Step, anchor: datetime, hours: OpeningHours, not_before: datetime) -> datetime:
    """So many working days after the enquiry."""
    return next_send(anchor, step.working_days, hours, not_before=not_before)


def due_after(previous: Step, step: Step, hours: OpeningHours, now: datetime) -> datetime:
    """The plan's distance from the mail before, counted from the day that one really leaves: what is late shifts the rest.

    Never on the same day, whatever the plan says.
    """
    return next_send(now, max(1, step.working_days - previous.working_days), hours, not_before=now)


def next_window(at: datetime, hours: OpeningHours) -> datetime:
    """`at` itself where mail may leave then; else the moment from which it may."""
    return next_send(at, 0, hours, not_before=at)
