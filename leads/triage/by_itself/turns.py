"""Leads that nobody has are given out in turn, and those whose owner can't see to them are passed on. By itself, every few seconds.

Whoever has waited longest for a lead is next, among those of the team who are at work. Each lead is given once: who takes it from
somebody, or puts it back to nobody, has decided that.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import reduce
from operator import and_

from django.db import transaction
from django.db.models import Q

from leads.access import Right, may, staff_with
from leads.models import Clinic, Event, EventKind, Lead, NoticeKind, Role, Team, User
from leads.policy.at_work import away_on, is_at_work, is_away
from leads.policy.hours import OpeningHours, opening_hours
from leads.triage.decisions.notices import tell
from leads.triage.decisions.recording import lock, record
from leads.triage.decisions.snapshots import OWNER

SOME = 100  # leads in one go


def look_after(now: datetime) -> int:
    """How many leads got another owner."""
    hours = opening_hours()
    passed = pass_on(now, hours)
    return passed + (give_out(now, hours) if Clinic.current().gives_turns else 0)


def give_out(now: datetime, hours: OpeningHours) -> int:
    """Of those that nobody has had in turn, the longest waiting first. Where nobody is at work they wait for whoever comes first."""
    teams = list(Team.objects.prefetch_related("members"))
    at_work = [user.pk for user in staff_with(Right.WORK_LEADS).filter(takes_turns=True) if is_at_work(user, now, hours)]
    waiting = Lead.objects.unassigned().filter(_of_those_at_work(teams, at_work), given_at=None)
    longest = waiting.order_by("-read_first", "due_at", "id")[:SOME]
    return sum(_give(lead, _candidates(lead, teams, at_work), now) for lead in longest) if at_work else 0


def _of_those_at_work(teams: Iterable[Team], at_work: list[int]) -> Q:
    """However many wait for a team of which nobody is there, they hold up none of the others'."""
    can_be_given, taken = Q(pk__in=[]), Q(pk__in=[])
    for team in teams:
        if any(member.pk in at_work for member in team.members.all()):
            can_be_given |= _taken_by(team) & ~taken
        taken |= _taken_by(team)
    return can_be_given | ~taken


def _taken_by(team: Team) -> Q:
    """As `takes` says."""
    wanted = [Q(**{f"{name}__in": values}) for name, values in (("topic", team.topics), ("language", team.languages)) if values]
    return reduce(and_, wanted, Q(pk__isnull=False))


def _candidates(lead: Lead, teams: Iterable[Team], at_work: list[int]) -> list[int]:
    """Of the first team that takes such leads; where none does, everybody."""
    team = next((team for team in teams if team.takes(lead.topic, lead.language)), None)
    members = {member.pk for member in team.members.all()} if team else set(at_work)
    return [pk for pk in at_work if pk in members]


def _lock_where_it_stands(lead: Lead) -> bool:
    """False where somebody merged it or deleted it this moment."""
    try:
        lock(lead)
    except Lead.DoesNotExist:
        return False
    return True


@transaction.atomic
def _give(lead: Lead, candidates: list[int], now: datetime) -> bool:
    """One of several processes at once gives it, and to whoever is next by then."""
    if not _lock_where_it_stands(lead) or lead.owner_id or lead.given_at or not lead.is_open:
        return False
    user = _next_of(candidates, now)
    if user is None:
        return False
    lead.given_at = now
    lead.save(update_fields=["given_at"])
    _hand_to(lead, user)
    return True


def _next_of(candidates: list[int], now: datetime) -> User | None:
    """Who has waited longest for a lead. All are held until the end, in one order: of two givers at once the second looks again."""
    waiting = list(User.objects.filter(pk__in=candidates).select_for_update().order_by("pk"))
    if not waiting:
        return None
    given = [user.last_given_at for user in waiting if user.last_given_at]
    chosen = min(waiting, key=lambda user: (user.last_given_at is not None, user.last_given_at or now, user.pk))
    after = max([now, *(at + timedelta(microseconds=1) for at in given)])  # Never the same time twice, or nobody would be next.
    User.objects.filter(pk=chosen.pk).update(last_given_at=after)
    return chosen


def pass_on(now: datetime, hours: OpeningHours) -> int:
    """Open leads of those who left go back to everybody; those that need us while their owner is away, to whoever stands in."""
    gone = Lead.objects.open().filter(Q(owner__is_active=False) | Q(owner__role=Role.NONE))[:SOME]
    passed = sum(_pass_on(lead, None) for lead in gone)
    today = hours.local_day(now)
    return passed + sum(_pass_on_all_of(user, today) for user in away_on(today))


def _pass_on_all_of(user: User, today: date) -> int:
    """Where nobody stands in, and leads are not given out in turn, they stay where they are, and the desk says that the owner is away."""
    deputy = user.stands_in
    if deputy and (not may(deputy, Right.WORK_LEADS) or is_away(deputy, today)):
        deputy = None
    if deputy is None and not Clinic.current().gives_turns:
        return 0
    return sum(_pass_on(lead, deputy) for lead in Lead.objects.needs_us().filter(owner=user)[:SOME])


@transaction.atomic
def _pass_on(lead: Lead, to: User | None) -> bool:
    before = lead.owner_id
    if not _lock_where_it_stands(lead) or lead.owner_id != before or lead.owner_id is None:
        return False
    lead.given_at = None
    lead.save(update_fields=["given_at"])
    _hand_to(lead, to)
    return True


def _hand_to(lead: Lead, user: User | None) -> Event:
    event = record(None, lead, EventKind.ASSIGNMENT, "assignment", {"owner": user}, kept=OWNER)
    if user:
        tell(user=user, lead=lead, kind=NoticeKind.ASSIGNED, event=event)
    return event
