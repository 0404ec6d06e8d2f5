"""Whether a colleague is at work: their own hours where they have some, else the clinic's; not while they are away."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from leads.models import User
from leads.policy.hours import OpeningHours, parse_week

A_DAY = timedelta(days=1)


def is_away(user: User, day: date) -> bool:
    """From the first day to the last; without a last one until they say that they are back."""
    return user.away_from is not None and user.away_from <= day and (user.away_until is None or day <= user.away_until)


def away_on(day: date) -> list[User]:
    """With who stands in for each."""
    begun = User.objects.filter(away_from__lte=day, is_active=True).select_related("stands_in")
    return [user for user in begun if is_away(user, day)]


def is_at_work(user: User, now: datetime, hours: OpeningHours) -> bool:
    """`hours`: the clinic's."""
    return not is_away(user, hours.local_day(now)) and hours_of(user, hours).is_open(now)


def hours_of(user: User, hours: OpeningHours) -> OpeningHours:
    return replace(hours, week=parse_week(user.work_hours)) if user.work_hours else hours


def was_open_for(seconds: float, now: datetime, hours: OpeningHours) -> datetime:
    """The last moment since which the clinic has been open for so long, to the second; found by halving."""
    late, early = now, now
    while hours.between(early, now) < seconds:
        early -= max(now - early, A_DAY)
    while (late - early).total_seconds() > 1:
        middle = early + (late - early) / 2
        early, late = (middle, late) if hours.between(middle, now) >= seconds else (early, middle)
    return early
