"""What has to be done for a lead: added, changed, done, opened again, removed, each with its event and without a word of the text."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection

from leads.models import Category, Event, EventKind, IllegalMove, Lead, Notice, NoticeKind, Task, TaskState, User
from leads.triage.decisions.actions import change_stage
from leads.triage.decisions.recording import Conflict
from leads.triage.decisions.tasks_of_lead import TEXT_LIMIT, change_task, finish_task, remove_task, reopen_task
from tests.cast import make_lead
from tests.triage.todo import DAY, HOUR, MONDAY, THURSDAY, a_task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def kinds_of(lead: Lead) -> list[str]:
    return sorted(lead.events.values_list("kind", flat=True))


def changed(by: User, task: Task, **fields: Any) -> Event | None:
    return change_task(by=by, task=task, **{"text": task.text, "due_at": task.due_at, "assignee": task.assignee} | fields)


def test_it_is_kept_with_who_set_it(lead: Lead, bob: User, alice: User) -> None:
    task = a_task(lead, bob, text="  Send \n the cost sheet. ", assignee=alice)
    assert Task.objects.get() == task
    assert (task.text, task.due_at, task.assignee, task.by, task.at, task.state) == (
        "Send the cost sheet.", THURSDAY, alice, bob, MONDAY, TaskState.OPEN,
    )  # fmt: skip


def test_the_text_is_sealed_and_in_no_event(lead: Lead, bob: User) -> None:
    task = a_task(lead, bob)
    changed(bob, task, text="Send the cost sheet again.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, text_before FROM leads_task")
        assert all(b"cost" not in bytes(value) for value in cursor.fetchone())
    assert [event for event in lead.events.all() if event.text or "cost" in str(event.data)] == []


def test_whoever_gets_it_from_somebody_else_is_told(lead: Lead, bob: User, alice: User) -> None:
    a_task(lead, bob)
    assert not Notice.objects.exists()
    task = a_task(lead, bob, assignee=alice)
    notice = Notice.objects.get()
    assert (notice.user, notice.by, notice.kind, notice.lead) == (alice, bob, NoticeKind.TASK, lead)
    changed(alice, task, assignee=bob)
    assert list(Notice.objects.order_by("pk").values_list("user__name", flat=True)) == ["Alice", "Bob"]


def test_it_may_be_for_nobody_in_particular(lead: Lead, bob: User) -> None:
    assert a_task(lead, bob, assignee=None).assignee is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " \n "}, "Write what there is to do"),
        ({"text": "x" * (TEXT_LIMIT + 1)}, "Shorten the task to 500 characters"),
        ({"due_at": MONDAY}, "That time is past"),
        ({"due_at": MONDAY + 732 * DAY}, "within the next two years"),
    ],
)
def test_what_can_not_be_is_refused_with_a_sentence(lead: Lead, bob: User, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Conflict, match=sentence):
        a_task(lead, bob, **fields)
    task = a_task(lead, bob)
    with pytest.raises(Conflict, match=sentence):
        changed(bob, task, **fields)
    assert kinds_of(lead) == [EventKind.TASK]


def test_only_for_who_works_on_leads(lead: Lead, bob: User, charlie: User) -> None:
    with pytest.raises(Conflict, match="Choose a colleague"):
        a_task(lead, bob, assignee=charlie)


@pytest.mark.parametrize(
    ("fields", "sentence"), [({"category": Category.CLOSED}, "is closed"), ({"screening": "check"}, "has not been released")]
)
def test_only_for_leads_that_are_worked_on(bob: User, clinic: object, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Conflict, match=sentence):
        a_task(make_lead(**fields), bob)


def test_it_changes(lead: Lead, bob: User, alice: User) -> None:
    task = a_task(lead, bob)
    assert changed(alice, task, text="Call them.", due_at=THURSDAY + DAY, assignee=alice)
    task.refresh_from_db()
    assert (task.text, task.due_at, task.assignee) == ("Call them.", THURSDAY + DAY, alice)
    assert kinds_of(lead) == [EventKind.TASK, EventKind.TASK_CHANGED]


def test_what_is_so_already_is_no_change(lead: Lead, bob: User) -> None:
    assert changed(bob, a_task(lead, bob)) is None
    assert kinds_of(lead) == [EventKind.TASK]


def test_one_that_is_overdue_can_be_reworded_where_it_is(lead: Lead, bob: User) -> None:
    task = a_task(lead, bob, due_at=MONDAY + HOUR)
    with time_machine.travel(MONDAY + DAY, tick=False):
        assert changed(bob, task, text="Call them.")


def test_it_is_done_by_somebody_at_a_time(lead: Lead, bob: User, alice: User) -> None:
    task = a_task(lead, bob)
    finish_task(by=alice, task=task)
    task.refresh_from_db()
    assert (task.state, task.settled_at, task.settled_by) == (TaskState.DONE, MONDAY, alice)


def test_twice_is_once_and_says_who_was_first(lead: Lead, bob: User, alice: User) -> None:
    task = a_task(lead, bob)
    stale = Task.objects.get()
    finish_task(by=alice, task=task)
    with pytest.raises(Conflict, match=r"This task is done already \(Alice\)"):
        finish_task(by=bob, task=stale)
    assert kinds_of(lead).count(EventKind.TASK_DONE) == 1


def test_it_is_opened_again(lead: Lead, bob: User) -> None:
    task = a_task(lead, bob)
    finish_task(by=bob, task=task)
    Task.objects.update(told_at=MONDAY)
    reopen_task(by=bob, task=task)
    task.refresh_from_db()
    assert (task.state, task.settled_at, task.settled_by, task.told_at) == (TaskState.OPEN, None, None, None)


VERBS: dict[str, Callable[[User, Task], object]] = {
    "change": lambda bob, task: changed(bob, task, text="Call them."),
    "finish": lambda bob, task: finish_task(by=bob, task=task),
    "remove": lambda bob, task: remove_task(by=bob, task=task),
    "reopen": lambda bob, task: reopen_task(by=bob, task=task),
}
FITS = {"open": ("change", "finish", "remove"), "done": ("reopen",), "removed": ()}
SENTENCES = {"open": "is open already", "done": "is done already", "removed": "was removed"}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", TaskState.values)
def test_each_verb_in_each_state(lead: Lead, bob: User, state: str, verb: str) -> None:
    task = a_task(lead, bob)
    Task.objects.update(state=state, settled_at=None if state == "open" else MONDAY)
    before = lead.events.count()
    if verb in FITS[state]:
        VERBS[verb](bob, task)
        assert lead.events.count() == before + 1
    else:
        with pytest.raises(Conflict, match=SENTENCES[state]):
            VERBS[verb](bob, task)
        assert lead.events.count() == before


def test_a_task_of_a_closed_lead_stays_as_it_is(lead: Lead, bob: User) -> None:
    task = a_task(lead, bob)
    finish_task(by=bob, task=task)
    change_stage(by=bob, lead=lead, stage=lead.stage.__class__.objects.first_of(Category.CLOSED))
    with pytest.raises(Conflict, match="is closed"):
        reopen_task(by=bob, task=task)


@pytest.mark.parametrize("row", [{"state": "lost"}, {"state": "done"}, {"settled_at": MONDAY}])
def test_the_database_refuses_what_is_no_task(lead: Lead, row: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        Task.objects.create(**{"lead": lead, "text": "Call them.", "due_at": THURSDAY, **row})


def test_the_table_of_moves_refuses_others(lead: Lead) -> None:
    with pytest.raises(IllegalMove, match="done → removed"):
        Task.objects.all().move(TaskState.DONE, TaskState.REMOVED)
