"""What somebody did to a task is taken back, by the same undo as everything else, and the lead with it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.forms.models import model_to_dict

from leads.models import Attention, Category, EventKind, Lead, Stage, Task, TaskState, User
from leads.triage.bulk.recent import changes_of
from leads.triage.decisions.actions import assign, change_stage, mark_done
from leads.triage.decisions.recording import Conflict
from leads.triage.decisions.tasks_of_lead import change_task, finish_task, remove_task, reopen_task
from leads.triage.same_person.merging import merge, unmerge
from leads.triage.undo.undo import undo
from tests.cast import make_lead
from tests.triage.todo import DAY, MONDAY, THURSDAY, a_task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=True):
        yield


@pytest.fixture
def resting(clinic: object) -> Lead:
    """Nobody needs to look before Friday week."""
    return make_lead(attention=Attention.DONE, next_action="check_back", due_at=MONDAY + 11 * DAY)


def all_of(lead: Lead) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    lead.refresh_from_db()
    return model_to_dict(lead), [model_to_dict(task) | {"text": task.text, "due_at": task.due_at} for task in lead.tasks.order_by("pk")]


CHANGES: dict[str, Callable[[User, User, Task], object]] = {
    "words": lambda bob, _alice, task: change_task(by=bob, task=task, text="Call them.", due_at=task.due_at, assignee=task.assignee),
    "time": lambda bob, _alice, task: change_task(by=bob, task=task, text=task.text, due_at=THURSDAY + 2 * DAY, assignee=task.assignee),
    "person": lambda bob, alice, task: change_task(by=bob, task=task, text=task.text, due_at=task.due_at, assignee=alice),
    "done": lambda bob, _alice, task: finish_task(by=bob, task=task),
    "removed": lambda bob, _alice, task: remove_task(by=bob, task=task),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_puts_everything_back(resting: Lead, bob: User, alice: User, change: str) -> None:
    task = a_task(resting, bob)
    before = all_of(resting)
    CHANGES[change](bob, alice, task)
    assert all_of(resting) != before
    undo(by=alice, lead=resting, noun="tasks")
    assert all_of(resting) == before


def test_one_that_was_added_is_gone_and_the_lead_rests_as_before(resting: Lead, bob: User) -> None:
    before = all_of(resting)[0]
    a_task(resting, bob)
    undo(by=bob, lead=resting, noun="tasks")
    assert all_of(resting)[0] == before
    assert Task.objects.get().state == TaskState.REMOVED


def test_one_that_was_opened_again_is_done_again(lead: Lead, bob: User, alice: User) -> None:
    task = a_task(lead, bob)
    finish_task(by=alice, task=task)
    task.refresh_from_db()
    done = (task.settled_at, task.settled_by)
    reopen_task(by=bob, task=task)
    undo(by=bob, lead=lead, noun="tasks")
    task.refresh_from_db()
    assert (task.state, task.settled_at, task.settled_by) == (TaskState.DONE, *done)


def test_one_after_the_other(lead: Lead, bob: User, alice: User) -> None:
    task = a_task(lead, bob)
    for change in ("words", "time", "done"):
        CHANGES[change](bob, alice, task)
    for _step in range(3):
        undo(by=bob, lead=lead, noun="tasks")
    task.refresh_from_db()
    assert (task.text, task.due_at, task.state, task.text_before) == ("Send the cost sheet.", THURSDAY, TaskState.OPEN, None)


def test_a_newer_change_stands_in_the_way_and_is_named(lead: Lead, bob: User, alice: User) -> None:
    task = a_task(lead, bob)
    event = lead.events.get()
    finish_task(by=alice, task=task)
    with pytest.raises(Conflict, match=r"changed since \(Alice\)"):
        undo(by=bob, lead=lead, noun="tasks", change=str(event.pk))


def test_what_else_happened_to_the_lead_stays(resting: Lead, bob: User, alice: User) -> None:
    task = a_task(resting, bob)
    finish_task(by=bob, task=task)
    assign(by=alice, lead=resting, owner=alice)
    change_stage(by=alice, lead=resting, stage=Stage.objects.first_of(Category.BOOKED))
    undo(by=bob, lead=resting, noun="tasks")
    resting.refresh_from_db()
    assert (resting.owner, resting.category, resting.next_action, resting.due_at) == (alice, Category.BOOKED, "task", THURSDAY)


def test_it_stands_among_the_recent_changes(lead: Lead, bob: User) -> None:
    a_task(lead, bob)
    [change] = changes_of(bob, MONDAY + DAY / 1000)
    assert change.undo.startswith(f"/desk/leads/{lead.reference}/tasks/remove/?change=")


# Closing


def close(by: User, lead: Lead) -> None:
    change_stage(by=by, lead=lead, stage=Stage.objects.first_of(Category.CLOSED))


def test_what_there_was_to_do_goes_with_a_lead_that_is_closed(lead: Lead, bob: User) -> None:
    task, done = a_task(lead, bob), a_task(lead, bob)
    finish_task(by=bob, task=done)
    close(bob, lead)
    task.refresh_from_db()
    assert (task.state, task.settled_by) == (TaskState.REMOVED, bob)
    assert Task.objects.get(pk=done.pk).state == TaskState.DONE


def test_and_comes_back_with_it(resting: Lead, bob: User) -> None:
    a_task(resting, bob)
    removed = a_task(resting, bob, text="Nothing of importance.")
    remove_task(by=bob, task=removed)
    before = all_of(resting)
    close(bob, resting)
    undo(by=bob, lead=resting, noun="stage")
    assert all_of(resting) == before
    assert resting.next_action == "task"


def test_no_task_is_opened_on_a_closed_lead(lead: Lead, bob: User) -> None:
    finish_task(by=bob, task=a_task(lead, bob))
    close(bob, lead)
    with pytest.raises(Conflict, match="can’t be undone"):
        undo(by=bob, lead=lead, noun="tasks")


def test_after_ten_minutes_there_is_no_way_back(lead: Lead, bob: User) -> None:
    a_task(lead, bob)
    with time_machine.travel(MONDAY + DAY), pytest.raises(Conflict, match="nothing to undo"):
        undo(by=bob, lead=lead, noun="tasks")
    assert not lead.events.filter(kind=EventKind.UNDONE).exists()


def test_done_for_now_is_undone_with_a_task_there(lead: Lead, bob: User) -> None:
    a_task(lead, bob)
    before = all_of(lead)
    mark_done(by=bob, lead=lead)
    assert all_of(lead) != before
    undo(by=bob, lead=lead, noun="done")
    assert all_of(lead) == before


# Merging


def test_of_two_leads_that_become_one_the_tasks_become_one_list_and_part_again(resting: Lead, bob: User) -> None:
    other = make_lead(email="vera@work.example")
    here, there = a_task(resting, bob), a_task(other, bob)
    merge(by=bob, keep=resting, other=other, choices={})
    assert set(resting.tasks.open()) == {here, there}
    finish_task(by=bob, task=Task.objects.get(pk=there.pk))
    unmerge(by=bob, lead=resting)
    assert (resting.tasks.get(), other.tasks.get()) == (here, there)
    assert other.tasks.get().state == TaskState.DONE
