"""A task whose time has come makes its lead need us, is told once to whoever has it, and to the managers where nobody sees to it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from leads.followup.alerts import alert_staff
from leads.models import Attention, Clinic, EventKind, Lead, Message, Notice, NoticeKind, Role, Task, TaskState, User
from leads.policy.hours import opening_hours
from leads.triage import tasks
from leads.triage.by_itself import tasks_due
from leads.triage.by_itself.escalation import escalate, remind
from leads.triage.by_itself.tasks_due import see_to_tasks
from leads.triage.by_itself.waking import wake_due
from leads.triage.decisions.actions import snooze
from leads.triage.decisions.recording import Conflict
from leads.triage.decisions.tasks_of_lead import change_task, finish_task, reopen_task
from tests.cast import make_lead
from tests.triage.todo import DAY, HOUR, MONDAY, THURSDAY, a_task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(clinic: Clinic) -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        remind(MONDAY)
        escalate(MONDAY)
        yield


@pytest.fixture
def resting(clinic: Clinic) -> Lead:
    return make_lead(attention=Attention.DONE, next_action="check_back", due_at=MONDAY + 11 * DAY)


def at(moment: datetime) -> None:
    """As the worker does it."""
    with time_machine.travel(moment, tick=False):
        tasks.wake()


def told() -> list[tuple[str, str]]:
    return [(str(notice.user), notice.kind) for notice in Notice.objects.order_by("pk")]


def state_of(lead: Lead) -> tuple[str, str, object]:
    lead.refresh_from_db()
    return lead.attention, lead.next_action, lead.due_at


def test_its_lead_needs_us_and_whoever_has_it_is_told_once(resting: Lead, alice: User, bob: User) -> None:
    a_task(resting, bob)
    at(THURSDAY - HOUR)
    assert told() == []
    at(THURSDAY)
    at(THURSDAY + HOUR / 2)
    assert state_of(resting) == (Attention.NEEDS_US, "task", THURSDAY)
    assert told() == [("Bob", NoticeKind.TASK_DUE)]
    assert resting.events.filter(kind=EventKind.WOKEN).count() == 1


def test_it_wakes_a_lead_that_was_put_aside_for_longer(lead: Lead, bob: User) -> None:
    a_task(lead, bob)
    snooze(by=bob, lead=lead, until=THURSDAY + DAY)
    at(THURSDAY)
    assert state_of(lead) == (Attention.NEEDS_US, "task", THURSDAY)


def test_done_it_sleeps_on_until_then(lead: Lead, bob: User) -> None:
    task = a_task(lead, bob)
    snooze(by=bob, lead=lead, until=THURSDAY + DAY)
    at(THURSDAY)
    with time_machine.travel(THURSDAY + HOUR, tick=False):
        finish_task(by=bob, task=task)
    assert state_of(lead) == (Attention.SNOOZED, "look_again", THURSDAY + DAY)
    assert lead.snoozed_until == THURSDAY + DAY


def test_who_waits_for_an_answer_keeps_the_promise(bob: User) -> None:
    lead = make_lead(due_at=THURSDAY + HOUR, waiting_since=MONDAY)
    a_task(lead, bob)
    at(THURSDAY)
    assert state_of(lead) == (Attention.NEEDS_US, "reply", THURSDAY + HOUR)
    assert told() == [("Bob", NoticeKind.TASK_DUE)]


def test_what_is_for_nobody_is_told_to_everybody_at_work(lead: Lead, alice: User, bob: User) -> None:
    User.objects.filter(pk=alice.pk).update(work_hours={"0": [["09:00", "10:00"]]})
    a_task(lead, bob, assignee=None)
    at(THURSDAY)
    assert ("Bob", NoticeKind.TASK_DUE) in told()
    assert ("Alice", NoticeKind.TASK_DUE) not in told()


def test_what_was_done_in_time_is_not_told(resting: Lead, bob: User) -> None:
    finish_task(by=bob, task=a_task(resting, bob))
    at(THURSDAY)
    assert told() == []
    assert state_of(resting)[0] == Attention.DONE


def test_with_another_time_it_is_told_again_then(resting: Lead, bob: User) -> None:
    task = a_task(resting, bob)
    at(THURSDAY)
    with time_machine.travel(THURSDAY, tick=False):
        change_task(by=bob, task=task, text=task.text, due_at=THURSDAY + DAY, assignee=bob)
    assert state_of(resting) == (Attention.DONE, "task", THURSDAY + DAY)
    at(THURSDAY + DAY)
    assert told() == [("Bob", NoticeKind.TASK_DUE)] * 2


def test_opened_again_after_its_time_it_is_told(resting: Lead, bob: User) -> None:
    task = a_task(resting, bob)
    finish_task(by=bob, task=task)
    with time_machine.travel(THURSDAY + HOUR, tick=False):
        reopen_task(by=bob, task=task)
    at(THURSDAY + HOUR)
    assert told() == [("Bob", NoticeKind.TASK_DUE)]


def test_nothing_of_a_closed_lead_is_told(lead: Lead, bob: User) -> None:
    a_task(lead, bob)
    Lead.objects.update(category="closed", next_action="", due_at=None, attention="done")
    at(THURSDAY)
    assert told() == []


def test_after_a_stand_still_nothing_is_left_out(bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks_due, "MOST", 2)
    for number in range(5):
        a_task(make_lead(name=f"{number}"), bob)
    for minute in range(3):
        at(THURSDAY + DAY + timedelta(minutes=minute))
    assert told().count(("Bob", NoticeKind.TASK_DUE)) == 5


# By mail


def test_it_is_mailed_once_as_a_link(resting: Lead, bob: User) -> None:
    a_task(resting, bob)
    at(THURSDAY)
    for moment in (THURSDAY + HOUR, THURSDAY + 2 * HOUR):
        alert_staff(moment)
    assert [mail.to_address for mail in Message.objects.filter(mail="notice")] == [bob.email]


# Away, or gone


@pytest.fixture
def kim(clinic: Clinic) -> User:
    return User.objects.create_user("kim@example.com", name="Kim", role=Role.FRONT_DESK)


def away(user: User, stands_in: User | None) -> None:
    User.objects.filter(pk=user.pk).update(away_from=date(2026, 6, 3), away_until=date(2026, 6, 5), stands_in=stands_in)


def test_who_is_away_is_stood_in_for(resting: Lead, bob: User, kim: User) -> None:
    task = a_task(resting, bob)
    away(bob, kim)
    at(THURSDAY - HOUR)
    assert told() == []
    at(THURSDAY)
    task.refresh_from_db()
    assert task.assignee == kim
    assert told() == [("Kim", NoticeKind.TASK), ("Kim", NoticeKind.TASK_DUE)]
    event = resting.events.get(kind=EventKind.TASK_CHANGED)
    assert (event.by, event.data["was"]["assignee"], event.data["is"]["assignee"]) == (None, bob.pk, kim.pk)


def test_what_is_due_when_they_are_back_stays_theirs(resting: Lead, bob: User, kim: User) -> None:
    task = a_task(resting, bob, due_at=THURSDAY + 5 * DAY)
    away(bob, kim)
    at(THURSDAY)
    at(THURSDAY + 5 * DAY)
    task.refresh_from_db()
    assert task.assignee == bob
    assert told() == [("Bob", NoticeKind.TASK_DUE)]


def test_where_nobody_stands_in_everybody_at_work_hears_of_it(resting: Lead, alice: User, bob: User, kim: User) -> None:
    a_task(resting, bob)
    away(bob, kim)
    User.objects.filter(pk=kim.pk).update(is_active=False)
    at(THURSDAY)
    assert set(told()) == {("Bob", NoticeKind.TASK_DUE), ("Alice", NoticeKind.TASK_DUE)}


@pytest.mark.parametrize("gone", [{"is_active": False}, {"role": Role.NONE}])
@pytest.mark.parametrize("owned", [True, False])
def test_those_of_who_left_go_to_the_leads_owner_at_once(bob: User, kim: User, gone: dict[str, object], owned: bool) -> None:
    task = a_task(make_lead(owner=kim if owned else None), bob)
    User.objects.filter(pk=bob.pk).update(**gone)
    at(MONDAY + HOUR / 4)
    task.refresh_from_db()
    assert task.assignee == (kim if owned else None)


# Nobody sees to it


def test_two_opening_hours_later_the_managers_are_told_once(resting: Lead, alice: User, bob: User) -> None:
    a_task(resting, bob)
    for moment in (THURSDAY, THURSDAY + HOUR, THURSDAY + 2 * HOUR + HOUR / 60, THURSDAY + 3 * HOUR):
        at(moment)
    assert told() == [("Bob", NoticeKind.TASK_DUE), ("Alice", NoticeKind.ESCALATED)]
    assert resting.events.filter(kind=EventKind.ESCALATED).count() == 1


def test_not_where_somebody_did(resting: Lead, alice: User, bob: User) -> None:
    task = a_task(resting, bob)
    at(THURSDAY)
    finish_task(by=bob, task=task)
    at(THURSDAY + 3 * HOUR)
    assert ("Alice", NoticeKind.ESCALATED) not in told()


# Twice


def test_of_two_looks_at_the_same_rows_one_tells(resting: Lead, bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second worker read the task before the first one told."""
    a_task(resting, bob)
    read = list(Task.objects.due(THURSDAY).select_related("lead", "assignee"))
    with time_machine.travel(THURSDAY, tick=False):
        see_to_tasks(THURSDAY)
        hours = opening_hours()
        assert [tasks_due._come_due(task, THURSDAY, hours) for task in read] == [False]
    assert told() == [("Bob", NoticeKind.TASK_DUE)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql  # SQLite has one writer at a time
def test_of_workers_at_several_places_one_tells(resting: Lead, bob: User) -> None:
    for _number in range(5):
        a_task(resting, bob)

    def work(_worker: int) -> None:
        wake_due(THURSDAY)
        see_to_tasks(THURSDAY)
        connection.close()

    with time_machine.travel(THURSDAY, tick=False), ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    assert told() == [("Bob", NoticeKind.TASK_DUE)] * 5
    assert resting.events.filter(kind=EventKind.WOKEN).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql  # as above
def test_of_two_who_press_done_one_does_it(lead: Lead, alice: User, bob: User) -> None:
    pk = a_task(lead, bob).pk

    def press(user: User) -> str:
        try:
            return finish_task(by=user, task=Task.objects.get(pk=pk)).kind
        except Conflict as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        said = list(people.map(press, [alice, bob]))
    task = Task.objects.get(pk=pk)
    assert said.count(EventKind.TASK_DONE) == 1
    assert f"This task is done already ({task.settled_by})." in said
    assert (task.state, lead.events.filter(kind=EventKind.TASK_DONE).count()) == (TaskState.DONE, 1)
