"""What is overdue is told: to its owner when its time has passed, to the managers when nobody acted then, and a crisis every quarter of
an hour until somebody says "I have this". Each is told once. A lead that is due for a task is told with its task (tasks_due.py).

"Assigned, then forgotten" can't happen: an open lead always has a time (the database holds that), at that time it needs us (waking.py),
and from then on somebody hears of it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from leads.access import Right, staff_with
from leads.followup.alerts import alert_of_crisis_again
from leads.models import Clinic, Event, EventKind, Lead, LeadQuerySet, Merge, NoticeKind, User, first_in, last_time, move_on
from leads.models.task import NEXT_ACTION as TASK
from leads.policy.at_work import is_at_work, was_open_for
from leads.policy.hours import opening_hours
from leads.triage.decisions.notices import tell

CRISIS_AGAIN = timedelta(minutes=15)
CRISIS_TIMES = 4
REMEMBERED = timedelta(days=2)  # as purge.py forgets them
GRACE = timedelta(minutes=1)  # whoever acts in the last minute is not reminded
MOST = 500  # leads in one go; who comes after them is looked at the next time


def remind(now: datetime) -> int:
    """Leads whose time has passed since the last look: their owner is told, or whoever is at work where they have none."""
    return _tell_of("overdue", now - GRACE, _remind)


def escalate(now: datetime) -> int:
    """The same leads, so many opening hours later, where nobody has acted: the managers are told, and the history says so."""
    seconds = Clinic.current().escalate_hours * 3600
    return _tell_of("escalated", was_open_for(seconds, now, opening_hours()), _escalate)


@transaction.atomic
def _tell_of(key: str, until: datetime, about: Callable[[list[Lead]], None]) -> int:
    """A lead that was due before and was acted on has another time by now."""
    known = last_time(key)
    until = _not_too_many(known, until) if known else until
    since = move_on(key, until, at_first=until)
    if since is None:
        return 0
    leads = list((_due_between(since, until) | _parted_between(since, until)).select_related("owner"))
    about(leads)
    return len(leads)


def _due_between(since: datetime, until: datetime) -> LeadQuerySet:
    return Lead.objects.needs_us().exclude(next_action=TASK).filter(due_at__gt=since, due_at__lte=until).order_by("due_at", "id")


def _parted_between(since: datetime, until: datetime) -> LeadQuerySet:
    """Whose time passed while they were part of another lead. From when they are parted somebody hears of them as of any other."""
    parted = Merge.objects.filter(undone_at__gt=since, undone_at__lte=until)
    both = Q(pk__in=parted.values("other")) | Q(pk__in=parted.values("lead"))
    return Lead.objects.needs_us().filter(both, due_at__lte=until)


def _not_too_many(since: datetime, until: datetime) -> datetime:
    """After a long stand-still the rest is looked at the next time."""
    beyond = _due_between(since, until).values_list("due_at", flat=True)[MOST : MOST + 1]
    return next((due_at for due_at in beyond if due_at), until)


def _remind(leads: list[Lead]) -> None:
    now, hours = timezone.now(), opening_hours()
    at_work = [user for user in staff_with(Right.WORK_LEADS) if is_at_work(user, now, hours)]
    for lead in leads:
        for user in [lead.owner] if lead.owner else at_work:
            tell(user=user, lead=lead, kind=NoticeKind.OVERDUE)


def _escalate(leads: list[Lead]) -> None:
    managers = _managers()
    for lead in leads:
        tell_managers(lead, managers)


def tell_managers(lead: Lead, managers: Iterable[User] | None = None, **about: str) -> None:
    """In the caller's transaction. `about`: what stands in the event."""
    event = Event.objects.create(lead=lead, kind=EventKind.ESCALATED, data=about)
    for user in _managers() if managers is None else managers:
        tell(user=user, lead=lead, kind=NoticeKind.ESCALATED, event=event)


def press_crises(now: datetime) -> int:
    """Whoever may not be safe and whom nobody has taken care of: every quarter of an hour, for an hour."""
    leads = Lead.objects.filter(read_first=True)
    return sum(_press(lead, now) for lead in [*leads.needs_us()[:MOST], *leads.in_check()[:MOST]])


@transaction.atomic
def _press(lead: Lead, now: datetime) -> bool:
    crisis = lead.events.filter(kind=EventKind.CRISIS).order_by("-at").first()
    times = min(int((now - crisis.at) / CRISIS_AGAIN), CRISIS_TIMES) if crisis else 0
    if not crisis or not times or not first_in(f"crisis:{crisis.pk}:{times}", REMEMBERED, now):
        return False
    if now - crisis.at > REMEMBERED:  # long told
        return False
    managers = _managers()
    alert_of_crisis_again(lead, managers, now)
    tell_managers(lead, managers)
    return True


def _managers() -> list[User]:
    """Those who can do something about it; where there are none, everybody who works on leads."""
    return list(staff_with(Right.EDIT_CLINIC)) or list(staff_with(Right.WORK_LEADS))
