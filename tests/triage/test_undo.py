"""Undo: within ten minutes, by anybody, while the lead is as the change left it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.forms.models import model_to_dict
from django.utils import timezone

from leads.models import Answer, Category, Event, EventKind, Lead, Stage, User
from leads.triage.decisions.actions import assign, change_stage, mark_contacted, mark_done, snooze, take_care
from leads.triage.decisions.recording import Conflict
from leads.triage.undo.undo import undo
from tests.cast import make_lead

MONDAY_NOON = datetime(2026, 6, 1, 16, 0, tzinfo=UTC)
CHANGES: dict[str, Callable[[User, Lead], Any]] = {
    "stage": lambda bob, lead: change_stage(by=bob, lead=lead, stage=Stage.objects.first_of(Category.BOOKED)),
    "contacted": lambda bob, lead: mark_contacted(by=bob, lead=lead),
    "done": lambda bob, lead: mark_done(by=bob, lead=lead),
    "snooze": lambda bob, lead: snooze(by=bob, lead=lead, until=timezone.now() + timedelta(days=1)),
    "assignment": lambda bob, lead: assign(by=bob, lead=lead, owner=bob),
}


@pytest.mark.parametrize("noun", CHANGES)
def test_it_puts_everything_back(lead: Lead, alice: User, bob: User, noun: str) -> None:
    lead.refresh_from_db()
    before = model_to_dict(lead)
    CHANGES[noun](bob, lead)
    undo(by=alice, lead=lead, noun=noun)
    lead.refresh_from_db()
    assert model_to_dict(lead) == before


def test_it_puts_read_first_back(bob: User, clinic: object) -> None:
    lead = make_lead(read_first=True)
    take_care(by=bob, lead=lead)
    undo(by=bob, lead=lead, noun="care")
    assert lead.read_first


def test_it_adds_to_the_history_and_deletes_nothing(lead: Lead, alice: User, bob: User) -> None:
    event = mark_done(by=bob, lead=lead)
    assert event is not None
    undo(by=alice, lead=lead, noun="done")
    undone = Event.objects.get(kind=EventKind.UNDONE)
    assert (undone.by, undone.data) == (alice, {"of": str(event.pk), "noun": "done"})
    assert Event.objects.filter(pk=event.pk).exists()


def test_an_answer_that_was_none_does_not_count(bob: User, clinic: object) -> None:
    lead = make_lead(waiting_since=MONDAY_NOON)
    mark_contacted(by=bob, lead=lead)
    undo(by=bob, lead=lead, noun="contacted")
    assert not Answer.objects.exists()
    assert lead.waiting_since == MONDAY_NOON


def test_twice_undoes_once(lead: Lead, bob: User) -> None:
    mark_done(by=bob, lead=lead)
    undo(by=bob, lead=lead, noun="done")
    with pytest.raises(Conflict):
        undo(by=bob, lead=lead, noun="done")


def test_two_changes_are_undone_one_after_the_other(lead: Lead, bob: User) -> None:
    with time_machine.travel(MONDAY_NOON, tick=False) as clock:
        change_stage(by=bob, lead=lead, stage=Stage.objects.first_of(Category.WORKING))
        clock.shift(1)
        change_stage(by=bob, lead=lead, stage=Stage.objects.first_of(Category.BOOKED))
        clock.shift(1)
        undo(by=bob, lead=lead, noun="stage")
        assert lead.category == Category.WORKING
        undo(by=bob, lead=lead, noun="stage")
        assert lead.category == Category.NEW


def test_what_somebody_changed_since_stays(lead: Lead, alice: User, bob: User) -> None:
    mark_done(by=bob, lead=lead)
    snooze(by=alice, lead=lead, until=timezone.now() + timedelta(days=1))
    with pytest.raises(Conflict, match="changed since"):
        undo(by=bob, lead=lead, noun="done")
    lead.refresh_from_db()
    assert lead.attention == "snoozed"


def test_another_noun_may_have_changed(lead: Lead, alice: User, bob: User) -> None:
    mark_done(by=bob, lead=lead)
    assign(by=alice, lead=lead, owner=alice)
    undo(by=bob, lead=lead, noun="done")
    assert (lead.attention, lead.owner) == ("needs_us", alice)


def test_ten_minutes_are_the_limit(lead: Lead, bob: User) -> None:
    with time_machine.travel(MONDAY_NOON, tick=False) as clock:
        mark_done(by=bob, lead=lead)
        clock.shift(timedelta(minutes=10))
        with pytest.raises(Conflict, match="ten minutes"):
            undo(by=bob, lead=lead, noun="done")
        clock.shift(timedelta(seconds=-1))
        undo(by=bob, lead=lead, noun="done")


def test_an_unknown_noun_is_nothing_to_undo(lead: Lead, bob: User) -> None:
    with pytest.raises(Conflict):
        undo(by=bob, lead=lead, noun="notes")


def test_a_colleagues_change_on_another_lead_is_left_alone(lead: Lead, bob: User) -> None:
    other = make_lead(name="Else", email="else@example.com")
    mark_done(by=bob, lead=other)
    with pytest.raises(Conflict):
        undo(by=bob, lead=lead, noun="done")
