"""New leads are given out in turn, exactly and fairly; nobody's absence leaves a lead lying."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from leads.models import Attention, Category, Clinic, EventKind, Lead, Notice, NoticeKind, Role, Team, User
from leads.triage.by_itself import escalation
from leads.triage.by_itself import turns as turns_module
from leads.triage.by_itself.turns import look_after
from leads.triage.decisions.actions import assign
from leads.triage.decisions.recording import lock
from leads.triage.tasks import look_after as look_after_task
from leads.triage.undo.undo import undo
from tests.cast import make_lead

pytestmark = pytest.mark.django_db
MONDAY_TEN = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)


@pytest.fixture
def turns(clinic: Clinic) -> None:
    Clinic.objects.update(gives_turns=True)


def owner(lead: Lead) -> User | None:
    lead.refresh_from_db()
    return lead.owner


def test_nobody_gets_anything_unless_the_clinic_wants_it(alice: User, bob: User, clinic: Clinic) -> None:
    lead = make_lead()
    look_after(MONDAY_TEN)
    assert owner(lead) is None


def test_each_gets_one_after_the_other(turns: None, alice: User, bob: User) -> None:
    for number in range(6):
        make_lead(name=f"{number}")
        look_after(MONDAY_TEN + timedelta(seconds=number))
    assert Counter(Lead.objects.values_list("owner__name", flat=True)) == {"Alice": 3, "Bob": 3}


def test_several_at_once_go_round(turns: None, alice: User, bob: User) -> None:
    for number in range(6):
        make_lead(name=f"{number}")
    look_after(MONDAY_TEN)
    assert Counter(Lead.objects.values_list("owner__name", flat=True)) == {"Alice": 3, "Bob": 3}


def test_it_stands_in_the_history_and_the_owner_is_told(turns: None, bob: User) -> None:
    lead = make_lead()
    look_after(MONDAY_TEN)
    event = lead.events.get(kind=EventKind.ASSIGNMENT)
    assert (event.by, event.data["after"]) == (None, {"owner": bob.pk})
    assert Notice.objects.get().kind == NoticeKind.ASSIGNED


def test_it_can_be_undone_and_is_not_given_again(turns: None, bob: User, alice: User) -> None:
    lead = make_lead()
    look_after(MONDAY_TEN)
    undo(by=alice, lead=lead, noun="assignment")
    look_after(MONDAY_TEN + timedelta(minutes=1))
    assert owner(lead) is None, "somebody has decided that"


def test_whoever_has_it_already_keeps_it(turns: None, alice: User, bob: User) -> None:
    lead = make_lead(owner=alice)
    look_after(MONDAY_TEN)
    assert owner(lead) == alice


def test_only_who_is_at_work_gets_one(turns: None, alice: User, bob: User) -> None:
    User.objects.filter(pk=alice.pk).update(away_from=date(2026, 6, 1))
    leads = [make_lead(name=f"{number}") for number in range(3)]
    look_after(MONDAY_TEN)
    assert {owner(lead) for lead in leads} == {bob}


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"role": Role.NONE}, {"takes_turns": False}, {"work_hours": {"2": [["09:00", "17:00"]]}}]
)
def test_who_can_not_or_will_not_gets_none(turns: None, bob: User, change: dict[str, object]) -> None:
    User.objects.filter(pk=bob.pk).update(**change)
    lead = make_lead()
    look_after(MONDAY_TEN)
    assert owner(lead) is None


def test_where_nobody_is_at_work_it_waits_for_whoever_comes(turns: None, bob: User) -> None:
    lead = make_lead()
    look_after(MONDAY_TEN - timedelta(hours=6))
    assert owner(lead) is None
    look_after(MONDAY_TEN)
    assert owner(lead) == bob


def test_a_team_takes_its_topics_and_languages(turns: None, alice: User, bob: User) -> None:
    Team.objects.create(name="Spanish", languages=["es"], position=0).members.add(alice)
    Team.objects.create(name="The rest", position=1).members.add(bob)
    spanish, english = make_lead(name="S", language="es"), make_lead(name="E")
    look_after(MONDAY_TEN)
    assert (owner(spanish), owner(english)) == (alice, bob)


def test_what_no_team_takes_goes_to_everybody(turns: None, alice: User, bob: User) -> None:
    Team.objects.create(name="Cost", topics=["cost"]).members.add(alice)
    User.objects.filter(pk=alice.pk).update(last_given_at=MONDAY_TEN)
    lead = make_lead(topic="how")
    look_after(MONDAY_TEN + timedelta(seconds=1))
    assert owner(lead) == bob


@pytest.mark.parametrize("fields", [{"screening": "check"}, {"category": Category.CLOSED}, {"attention": Attention.DONE}])
def test_what_needs_nobody_is_not_given(turns: None, bob: User, fields: dict[str, str]) -> None:
    lead = make_lead(**fields)
    look_after(MONDAY_TEN)
    assert owner(lead) is None


def test_the_leads_of_who_left_are_nobodys_and_then_somebodys(turns: None, alice: User, bob: User) -> None:
    asleep = make_lead(owner=alice, attention=Attention.DONE)
    awake = make_lead(name="Awake", owner=alice)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    look_after(MONDAY_TEN)
    assert (owner(asleep), owner(awake)) == (None, bob)


def test_whoever_stands_in_gets_what_needs_somebody(clinic: Clinic, alice: User, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(away_from=date(2026, 6, 1), stands_in=alice)
    now, later = make_lead(owner=bob), make_lead(name="Later", owner=bob, attention=Attention.DONE)
    look_after(MONDAY_TEN)
    assert (owner(now), owner(later)) == (alice, bob)
    assert Notice.objects.get().user == alice


def test_where_who_stands_in_is_away_too_it_goes_to_the_next_in_turn(turns: None, alice: User, bob: User) -> None:
    kim = User.objects.create_user("kim@example.com", name="Kim", role=Role.FRONT_DESK)
    User.objects.filter(pk__in=[alice.pk, bob.pk]).update(away_from=date(2026, 6, 1))
    User.objects.filter(pk=bob.pk).update(stands_in=alice)
    lead = make_lead(owner=bob)
    look_after(MONDAY_TEN)
    assert owner(lead) == kim


def test_without_turns_and_without_anybody_it_stays_and_is_not_lost(clinic: Clinic, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(away_from=date(2026, 6, 1))
    lead = make_lead(owner=bob)
    look_after(MONDAY_TEN)
    assert owner(lead) == bob


def test_twice_gives_once(turns: None, bob: User) -> None:
    lead = make_lead()
    assert look_after(MONDAY_TEN) == 1
    assert look_after(MONDAY_TEN) == 0
    assert lead.events.count() == 1


def test_a_colleague_who_is_given_a_lead_by_hand_is_told_too(alice: User, bob: User, lead: Lead) -> None:
    assign(by=alice, lead=lead, owner=bob)
    assign(by=bob, lead=lead, owner=None)
    assign(by=bob, lead=lead, owner=bob)
    assert [(notice.user, notice.by) for notice in Notice.objects.all()] == [(bob, alice)]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_eight_at_once_give_each_lead_once_and_fairly(turns: None, alice: User, bob: User) -> None:
    for number in range(24):
        make_lead(name=f"{number}")

    def one(second: int) -> int:
        try:
            return look_after(MONDAY_TEN + timedelta(seconds=second))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        given = sum(pool.map(one, range(8)))
    assert given == 24
    assert set(Counter(Lead.objects.values_list("owner__name", flat=True)).values()) == {12}


def test_leads_that_wait_for_one_team_hold_up_nobody_elses(turns: None, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leads.triage.by_itself.turns.SOME", 2)
    spanish, everybody = Team.objects.create(name="Spanish", languages=["es"], position=1), Team.objects.create(name="Rest", position=2)
    spanish.members.add(alice)
    everybody.members.add(bob)
    User.objects.filter(pk=alice.pk).update(away_from=MONDAY_TEN.date())
    for number in range(3):
        make_lead(name=f"{number}", language="es", due_at=MONDAY_TEN + timedelta(minutes=number))
    last = make_lead(name="Last", due_at=MONDAY_TEN + timedelta(hours=1))
    look_after(MONDAY_TEN)
    assert owner(last) == bob


def test_a_lead_that_was_merged_this_moment_holds_up_no_other(turns: None, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the list and the lock somebody merges the first of them."""
    first, second = (make_lead(name=f"{number}", due_at=MONDAY_TEN + timedelta(minutes=number)) for number in range(2))
    kept, before = make_lead(name="Kept", owner=bob), lock

    def merged_first(lead: Lead) -> None:
        Lead.objects.filter(pk=first.pk).update(screening="merged", merged_into=kept)
        before(lead)

    monkeypatch.setattr(turns_module, "lock", merged_first)
    look_after(MONDAY_TEN)
    assert owner(second)


def test_whatever_breaks_the_turns_a_crisis_is_pressed(turns: None, monkeypatch: pytest.MonkeyPatch) -> None:
    pressed: list[datetime] = []

    def breaks(now: datetime) -> int:
        raise RuntimeError

    monkeypatch.setattr(turns_module, "look_after", breaks)
    monkeypatch.setattr(escalation, "press_crises", pressed.append)
    with pytest.raises(RuntimeError):
        look_after_task()
    assert pressed
