"""Assigned, then forgotten, can't happen: whatever state an open lead is in, and whoever has it, somebody who can act hears of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leads.models import Attention, Category, Clinic, LastTime, Lead, Message, Notice, Role, User
from leads.policy.at_work import is_away
from leads.triage.by_itself.escalation import escalate, remind
from leads.triage.by_itself.turns import look_after
from leads.triage.by_itself.waking import wake_due
from tests.cast import make_lead

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OWNERS = {
    "nobody": None,
    "works": {},
    "left": {"is_active": False},
    "lost their rights": {"role": Role.NONE},
    "is away": {"away_from": date(2026, 5, 1)},
    "is away, and somebody stands in": {"away_from": date(2026, 5, 1), "stands_in": True},
    "works on Sundays alone": {"work_hours": {"6": [["09:00", "10:00"]]}},
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    owner=st.sampled_from(sorted(OWNERS)),
    category=st.sampled_from([Category.NEW, Category.WORKING, Category.BOOKED, Category.WON]),
    attention=st.sampled_from(Attention.values),
    held=st.booleans(),
    turns=st.booleans(),
    due_in=st.integers(1, 48),
)
def test_somebody_who_can_act_hears_of_it(
    clinic: Clinic, owner: str, category: str, attention: str, held: bool, turns: bool, due_in: int
) -> None:
    for model in (Notice, Message, LastTime, Lead, User):
        model.objects.all().delete()
    Clinic.objects.update(gives_turns=turns)
    alice = User.objects.create_user("alice@example.com", name="Alice", role=Role.MANAGER)
    lead = _lead(owner, alice, category=category, attention=attention, held=held, due_at=MONDAY + due_in * HOUR)
    until = MONDAY + (due_in + 72) * HOUR  # nights and a weekend may lie in between
    moment = MONDAY
    while moment < until and not _heard():
        with time_machine.travel(moment, tick=False):
            wake_due(moment)
            remind(moment)
            escalate(moment)
            look_after(moment)
        moment += 3 * HOUR
    assert _heard(), f"nobody heard of {lead} by {until}"


def _lead(owner: str, alice: User, *, category: str, attention: str, held: bool, due_at: datetime) -> Lead:
    fields = OWNERS[owner]
    person = None
    if fields is not None:
        changes = fields | ({"stands_in": alice} if "stands_in" in fields else {})
        person = User.objects.create_user("bob@example.com", name="Bob", **{"role": Role.FRONT_DESK} | changes)
    snoozed = {"snoozed_until": due_at} if attention == Attention.SNOOZED else {}
    return make_lead(owner=person, category=category, attention=attention, due_at=due_at, held_at=MONDAY if held else None, **snoozed)


def _heard() -> bool:
    """Somebody who is active, has the rights and is not away."""
    told = [notice.user for notice in Notice.objects.select_related("user")]
    return any(user.is_active and user.role != Role.NONE and not is_away(user, date(2026, 6, 1)) for user in told)
