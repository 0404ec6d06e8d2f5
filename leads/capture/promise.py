"""The promise on the thank-you page: made of opening hours and of how quickly the last enquiries were answered."""

from datetime import datetime

from leads.models import Answer, Clinic, Closure
from leads.policy.hours import OpeningHours
from leads.policy.promise import promise_for

RECENT = 20


def promise_at(now: datetime, clinic: Clinic) -> datetime:
    hours = OpeningHours.of(clinic, Closure.objects.filter(day__gte=now.date()).values_list("day", flat=True))
    recent = Answer.objects.order_by("-answered_at").values_list("open_seconds", flat=True)[:RECENT]
    return promise_for(now, hours, clinic.promise_hours, list(recent))
