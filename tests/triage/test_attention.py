"""Contacted, done for now, snoozed: whether a lead waits for us."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from leads.models import Answer, ApiKey, Attention, Category, Clinic, Event, EventKind, Lead, User
from leads.triage.decisions.actions import mark_contacted, mark_done, snooze, take_care
from leads.triage.decisions.recording import Conflict
from tests.cast import make_lead

MONDAY_NOON = datetime(2026, 6, 1, 16, 0, tzinfo=UTC)  # 12:00 in New York


def test_contact_moves_new_to_contacted_and_is_done_for_now(lead: Lead, bob: User) -> None:
    mark_contacted(by=bob, lead=lead)
    lead.refresh_from_db()
    assert (lead.stage.slug, lead.attention, lead.next_action) == ("contacted", Attention.DONE, "check_back")


def test_contact_keeps_a_later_stage(bob: User, clinic: Clinic) -> None:
    lead = make_lead(category=Category.BOOKED)
    mark_contacted(by=bob, lead=lead)
    assert (lead.category, lead.next_action) == (Category.BOOKED, "consultation")


@time_machine.travel(MONDAY_NOON, tick=False)
def test_contact_is_an_answer(bob: User, clinic: Clinic) -> None:
    lead = make_lead(waiting_since=MONDAY_NOON - timedelta(minutes=22))
    mark_contacted(by=bob, lead=lead)
    assert Answer.objects.get().open_seconds == 22 * 60
    assert lead.waiting_since is None


def test_contact_is_no_answer_where_nobody_waits(bob: User, clinic: Clinic) -> None:
    mark_contacted(by=bob, lead=make_lead(category=Category.WORKING))
    assert not Answer.objects.exists()


@time_machine.travel(MONDAY_NOON, tick=False)
def test_the_clinic_decides_when_to_check_back(bob: User, clinic: Clinic) -> None:
    Clinic.objects.update(check_back_days=2)
    lead = make_lead()
    mark_contacted(by=bob, lead=lead)
    assert lead.due_at == datetime(2026, 6, 3, 13, 0, tzinfo=UTC)


def test_contact_says_that_somebody_has_it(bob: User, clinic: Clinic) -> None:
    lead = make_lead(read_first=True)
    mark_contacted(by=bob, lead=lead)
    assert not lead.read_first


def test_contact_by_a_program_names_its_key(lead: Lead) -> None:
    key, _ = ApiKey.objects.create_with_secret(name="Phone system", scopes=["leads:write"])
    event = mark_contacted(by=key, lead=lead)
    assert (event.by, event.data["api_key"]) == (None, key.pk)


def test_done_is_no_answer(bob: User, clinic: Clinic) -> None:
    lead = make_lead(waiting_since=MONDAY_NOON)
    mark_done(by=bob, lead=lead)
    lead.refresh_from_db()
    assert (lead.category, lead.attention, lead.next_action) == (Category.NEW, Attention.DONE, "check_back")
    assert lead.waiting_since is None
    assert not Answer.objects.exists()


def test_done_twice_is_one_event(lead: Lead, bob: User) -> None:
    mark_done(by=bob, lead=lead)
    assert mark_done(by=bob, lead=lead) is None
    assert lead.events.filter(kind=EventKind.ATTENTION).count() == 1


def test_snoozing_sets_when_we_look_again(lead: Lead, bob: User) -> None:
    until = timezone.now() + timedelta(days=1)
    snooze(by=bob, lead=lead, until=until)
    lead.refresh_from_db()
    assert (lead.attention, lead.snoozed_until, lead.due_at, lead.next_action) == (Attention.SNOOZED, until, until, "look_again")


def test_snoozing_keeps_them_waiting(bob: User, clinic: Clinic) -> None:
    lead = make_lead(waiting_since=MONDAY_NOON)
    snooze(by=bob, lead=lead, until=timezone.now() + timedelta(hours=1))
    assert lead.waiting_since == MONDAY_NOON


def test_snoozing_into_the_past_is_refused(lead: Lead, bob: User) -> None:
    with pytest.raises(Conflict, match="future"):
        snooze(by=bob, lead=lead, until=timezone.now() - timedelta(seconds=1))


def test_snoozing_to_the_same_time_twice_is_one_event(lead: Lead, bob: User) -> None:
    until = timezone.now() + timedelta(days=1)
    snooze(by=bob, lead=lead, until=until)
    assert snooze(by=bob, lead=lead, until=until) is None
    assert lead.events.count() == 1


def test_a_closed_lead_is_refused(bob: User, clinic: Clinic) -> None:
    lead = make_lead(category=Category.CLOSED)
    with pytest.raises(Conflict, match="closed"):
        mark_contacted(by=bob, lead=lead)
    with pytest.raises(Conflict, match="closed"):
        mark_done(by=bob, lead=lead)
    with pytest.raises(Conflict, match="closed"):
        snooze(by=bob, lead=lead, until=timezone.now() + timedelta(days=1))


def test_who_may_not_be_safe_is_not_put_off(bob: User, clinic: Clinic) -> None:
    lead = make_lead(read_first=True)
    with pytest.raises(Conflict, match="safe"):
        mark_done(by=bob, lead=lead)
    with pytest.raises(Conflict, match="safe"):
        snooze(by=bob, lead=lead, until=timezone.now() + timedelta(days=1))


def test_i_have_this_lets_it_be_put_off(bob: User, clinic: Clinic) -> None:
    lead = make_lead(read_first=True)
    event = take_care(by=bob, lead=lead)
    assert event is not None
    assert (event.kind, event.by, lead.read_first) == (EventKind.CRISIS, bob, False)
    assert take_care(by=bob, lead=lead) is None
    mark_done(by=bob, lead=lead)
    assert Event.objects.filter(lead=lead).count() == 2
