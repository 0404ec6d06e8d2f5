"""A lead that needs nobody now comes back for its next task, and never later than it would have without one."""

from collections.abc import Iterator

import pytest
import time_machine

from leads.models import Attention, BookingKind, Category, Lead, Stage, User
from leads.triage.bookings.bookings import book, cancel
from leads.triage.by_itself.waking import wake_due
from leads.triage.decisions.actions import change_stage, mark_contacted, mark_done, snooze
from leads.triage.decisions.recording import Conflict
from leads.triage.decisions.tasks_of_lead import change_task, finish_task, remove_task, reopen_task
from tests.cast import make_lead
from tests.triage.todo import DAY, HOUR, MONDAY, THURSDAY, a_task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
CHECK_BACK = MONDAY + 11 * DAY


@pytest.fixture
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def resting(clinic: object) -> Lead:
    return make_lead(attention=Attention.DONE, next_action="check_back", due_at=CHECK_BACK)


def state_of(lead: Lead) -> tuple[str, str, object]:
    lead.refresh_from_db()
    return lead.attention, lead.next_action, lead.due_at


def test_one_that_rests_is_due_for_its_task(resting: Lead, bob: User) -> None:
    a_task(resting, bob)
    assert state_of(resting) == (Attention.DONE, "task", THURSDAY)
    wake_due(THURSDAY)
    assert state_of(resting) == (Attention.NEEDS_US, "task", THURSDAY)


def test_never_later_than_it_was(resting: Lead, bob: User) -> None:
    a_task(resting, bob, due_at=CHECK_BACK + DAY)
    assert state_of(resting) == (Attention.DONE, "check_back", CHECK_BACK)


def test_the_soonest_task_comes_first(resting: Lead, bob: User) -> None:
    a_task(resting, bob)
    a_task(resting, bob, due_at=THURSDAY - DAY)
    a_task(resting, bob, due_at=THURSDAY + DAY)
    assert state_of(resting) == (Attention.DONE, "task", THURSDAY - DAY)


def test_whoever_waits_for_us_goes_on_waiting(lead: Lead, bob: User) -> None:
    before = state_of(lead)
    finish_task(by=bob, task=a_task(lead, bob, due_at=MONDAY + HOUR / 2))
    assert state_of(lead) == before


@pytest.mark.parametrize("settle", [finish_task, remove_task])
def test_without_it_the_lead_rests_as_before(resting: Lead, bob: User, settle: type) -> None:
    task, later = a_task(resting, bob), a_task(resting, bob, due_at=THURSDAY + DAY)
    settle(by=bob, task=task)
    assert state_of(resting) == (Attention.DONE, "task", THURSDAY + DAY)
    settle(by=bob, task=later)
    assert state_of(resting) == (Attention.DONE, "check_back", CHECK_BACK)


def test_a_task_that_moves_takes_the_lead_along(resting: Lead, bob: User) -> None:
    task = a_task(resting, bob)
    change_task(by=bob, task=task, text=task.text, due_at=THURSDAY + DAY, assignee=bob)
    assert state_of(resting) == (Attention.DONE, "task", THURSDAY + DAY)
    change_task(by=bob, task=task, text=task.text, due_at=CHECK_BACK + DAY, assignee=bob)
    assert state_of(resting) == (Attention.DONE, "check_back", CHECK_BACK)


def test_done_after_its_time_the_lead_rests_again(resting: Lead, bob: User) -> None:
    task = a_task(resting, bob)
    with time_machine.travel(THURSDAY + HOUR, tick=False):
        wake_due(THURSDAY + HOUR)
        finish_task(by=bob, task=task)
    assert state_of(resting) == (Attention.DONE, "check_back", CHECK_BACK)


def test_done_long_after_the_lead_needs_us_for_what_it_slept_for(resting: Lead, bob: User) -> None:
    task = a_task(resting, bob)
    with time_machine.travel(CHECK_BACK + DAY, tick=False):
        wake_due(CHECK_BACK + DAY)
        finish_task(by=bob, task=task)
    assert state_of(resting) == (Attention.NEEDS_US, "check_back", CHECK_BACK)


def test_opened_again_after_its_time_it_needs_us(resting: Lead, bob: User) -> None:
    task = a_task(resting, bob)
    finish_task(by=bob, task=task)
    with time_machine.travel(THURSDAY + HOUR, tick=False):
        reopen_task(by=bob, task=task)
    assert state_of(resting) == (Attention.NEEDS_US, "task", THURSDAY)


@pytest.mark.parametrize("settle", [mark_contacted, mark_done])
def test_who_is_settled_rests_until_the_task(lead: Lead, bob: User, settle: type) -> None:
    a_task(lead, bob)
    settle(by=bob, lead=lead)
    assert state_of(lead) == (Attention.DONE, "task", THURSDAY)


def test_done_after_a_contact_it_does_not_go_back_to_before_the_contact(lead: Lead, bob: User) -> None:
    task = a_task(lead, bob)
    mark_contacted(by=bob, lead=lead)
    finish_task(by=bob, task=task)
    attention, action, due_at = state_of(lead)
    assert (attention, action) == (Attention.DONE, "check_back")
    assert due_at is not None


def test_contacted_while_one_is_due_the_lead_still_needs_us_for_that(lead: Lead, bob: User) -> None:
    a_task(lead, bob, due_at=MONDAY + HOUR)
    with time_machine.travel(MONDAY + 2 * HOUR, tick=False):
        mark_contacted(by=bob, lead=lead)
    assert state_of(lead) == (Attention.NEEDS_US, "task", MONDAY + HOUR)


@pytest.mark.parametrize("rest", [mark_done, lambda by, lead: snooze(by=by, lead=lead, until=THURSDAY)])
def test_nobody_puts_a_lead_aside_while_a_task_is_due(lead: Lead, bob: User, rest: type) -> None:
    a_task(lead, bob, due_at=MONDAY + HOUR)
    with time_machine.travel(MONDAY + 2 * HOUR, tick=False), pytest.raises(Conflict, match="A task here is due"):
        rest(by=bob, lead=lead)


def test_a_move_keeps_what_comes_next(resting: Lead, bob: User) -> None:
    a_task(resting, bob)
    Lead.objects.update(stage=Stage.objects.first_of(Category.WORKING), category=Category.WORKING)
    change_stage(by=bob, lead=resting, stage=Stage.objects.first_of(Category.BOOKED))
    assert state_of(resting) == (Attention.DONE, "task", THURSDAY)


# Beside a booking


def test_of_a_task_and_a_booking_the_sooner_comes_first(resting: Lead, bob: User) -> None:
    task = a_task(resting, bob)
    booking = book(by=bob, lead=resting, kind=BookingKind.CALL, starts_at=THURSDAY + DAY, minutes=30)
    assert state_of(resting) == (Attention.DONE, "task", THURSDAY)
    cancel(by=bob, booking=booking)
    assert state_of(resting) == (Attention.DONE, "task", THURSDAY)
    book(by=bob, lead=resting, kind=BookingKind.CALL, starts_at=THURSDAY + DAY, minutes=30)
    finish_task(by=bob, task=task)
    assert state_of(resting) == (Attention.DONE, "call", THURSDAY + DAY)


def test_a_booking_before_the_task_comes_first(resting: Lead, bob: User) -> None:
    a_task(resting, bob)
    booking = book(by=bob, lead=resting, kind=BookingKind.CALL, starts_at=THURSDAY - DAY, minutes=30)
    assert state_of(resting) == (Attention.DONE, "call", THURSDAY - DAY)
    cancel(by=bob, booking=booking)
    assert state_of(resting) == (Attention.DONE, "task", THURSDAY)
