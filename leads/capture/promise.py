"""The promise on the thank-you page: made of opening hours and of how quickly the last enquiries were answered."""

from datetime import datetime

from leads.models import Answer, Clinic, Remembered
from leads.policy.hours import opening_hours
from leads.policy.promise import promise_for

RECENT = 20

recent_open_seconds = Remembered(lambda: list(Answer.objects.order_by("-answered_at").values_list("open_seconds", flat=True)[:RECENT]))


def promise_at(now: datetime) -> datetime:
    return promise_for(now, opening_hours(), Clinic.current().promise_hours, recent_open_seconds())
