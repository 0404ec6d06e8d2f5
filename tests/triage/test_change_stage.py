"""Moving a lead to another stage."""

from datetime import UTC, datetime

import pytest
import time_machine

from leads.models import Answer, Attention, Category, Event, EventKind, Lead, Stage, User
from leads.triage.decisions.actions import change_stage
from leads.triage.decisions.recording import Conflict
from tests.cast import make_lead

MONDAY_NOON = datetime(2026, 6, 1, 16, 0, tzinfo=UTC)  # 12:00 in New York


def stage(category: str) -> Stage:
    return Stage.objects.first_of(category)


def test_it_moves_the_lead_and_records_who_did_it(lead: Lead, bob: User) -> None:
    change_stage(by=bob, lead=lead, stage=stage(Category.BOOKED))
    lead.refresh_from_db()
    assert (lead.stage.category, lead.category) == (Category.BOOKED, Category.BOOKED)
    event = Event.objects.get(lead=lead, kind=EventKind.STAGE)
    assert event.by == bob
    assert event.data["before"]["stage"] == stage(Category.NEW).pk
    assert event.data["after"]["stage"] == stage(Category.BOOKED).pk


def test_it_writes_no_names_into_the_event(lead: Lead, bob: User) -> None:
    change_stage(by=bob, lead=lead, stage=stage(Category.WORKING))
    event = Event.objects.get(lead=lead, kind=EventKind.STAGE)
    assert set(event.data["before"]) == {
        "stage", "attention", "snoozed_until", "next_action", "due_at", "waiting_since", "read_first", "close_reason",
    }  # fmt: skip
    assert "Vera" not in str(event.data)


@time_machine.travel(MONDAY_NOON, tick=False)
def test_leaving_new_answers_in_opening_time(bob: User, clinic: object) -> None:
    since = datetime(2026, 5, 29, 20, 0, tzinfo=UTC)  # Friday, 16:00 in New York: an hour on Friday and three on Monday
    lead = make_lead(waiting_since=since)
    change_stage(by=bob, lead=lead, stage=stage(Category.WORKING))
    answer = Answer.objects.get(lead=lead)
    assert answer.open_seconds == 4 * 3600
    assert (answer.received_at, answer.by) == (since, bob)
    assert lead.waiting_since is None
    assert (lead.attention, lead.next_action) == (Attention.DONE, "check_back")


@time_machine.travel(MONDAY_NOON, tick=False)
def test_whoever_was_answered_is_looked_at_again_in_ten_working_days(lead: Lead, bob: User) -> None:
    change_stage(by=bob, lead=lead, stage=stage(Category.WORKING))
    assert lead.due_at == datetime(2026, 6, 15, 13, 0, tzinfo=UTC)


def test_closing_ends_the_waiting_without_an_answer(bob: User, clinic: object) -> None:
    lead = make_lead(waiting_since=MONDAY_NOON)
    change_stage(by=bob, lead=lead, stage=stage(Category.CLOSED), remark="Not a fit for now.")
    lead.refresh_from_db()
    assert (lead.attention, lead.next_action, lead.due_at, lead.waiting_since) == (Attention.DONE, "", None, None)
    assert not Answer.objects.exists()
    assert Event.objects.get(kind=EventKind.STAGE).text == "Not a fit for now."


def test_the_reason_is_sealed(lead: Lead, bob: User) -> None:
    change_stage(by=bob, lead=lead, stage=stage(Category.CLOSED), remark="a private word")
    event = Event.objects.get(kind=EventKind.STAGE)
    assert "private" not in str(event.data)
    assert b"private" not in bytes(Event.objects.values_list("text", flat=True).get(pk=event.pk) or b"")


def test_closing_wakes_no_snooze(bob: User, clinic: object) -> None:
    lead = make_lead(attention="snoozed", snoozed_until=datetime(2030, 1, 1, tzinfo=UTC))
    change_stage(by=bob, lead=lead, stage=stage(Category.CLOSED))
    lead.refresh_from_db()
    assert lead.snoozed_until is None


def test_reopening_gives_it_a_next_action_again(bob: User, clinic: object) -> None:
    lead = make_lead(category=Category.CLOSED)
    change_stage(by=bob, lead=lead, stage=stage(Category.NEW))
    lead.refresh_from_db()
    assert (lead.attention, lead.next_action) == (Attention.NEEDS_US, "reply")
    assert lead.due_at is not None


def test_attention_stays_where_nobody_waits(bob: User, clinic: object) -> None:
    until = datetime(2030, 1, 1, tzinfo=UTC)
    lead = make_lead(category=Category.WORKING, attention="snoozed", snoozed_until=until, due_at=until, next_action="look_again")
    change_stage(by=bob, lead=lead, stage=stage(Category.BOOKED))
    assert (lead.attention, lead.due_at, lead.next_action) == (Attention.SNOOZED, until, "look_again")


def test_a_lead_done_for_now_gets_the_next_action_of_its_stage(bob: User, clinic: object) -> None:
    lead = make_lead(category=Category.WORKING, attention="done", next_action="check_back")
    change_stage(by=bob, lead=lead, stage=stage(Category.BOOKED))
    assert lead.next_action == "consultation"


def test_twice_changes_once(lead: Lead, bob: User) -> None:
    change_stage(by=bob, lead=lead, stage=stage(Category.WORKING))
    assert change_stage(by=bob, lead=lead, stage=stage(Category.WORKING)) is None
    assert Event.objects.filter(kind=EventKind.STAGE).count() == 1


@pytest.mark.parametrize("screening", ["check", "spam"])
def test_it_refuses_what_was_not_released(bob: User, clinic: object, screening: str) -> None:
    lead = make_lead(screening=screening)
    with pytest.raises(Conflict):
        change_stage(by=bob, lead=lead, stage=stage(Category.WORKING))


def test_it_closes_nobody_who_may_not_be_safe(bob: User, clinic: object) -> None:
    lead = make_lead(read_first=True)
    with pytest.raises(Conflict):
        change_stage(by=bob, lead=lead, stage=stage(Category.CLOSED))
