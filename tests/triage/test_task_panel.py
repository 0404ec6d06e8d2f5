"""The tasks on a lead's page: what is open first, one press for each, one line that adds, and what was typed never lost."""

from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leads.models import EventKind, Lead, PrivacyRequest, Task, TaskState, User
from leads.triage.decisions.tasks_of_lead import add_task, finish_task, remove_task
from leads.triage.task_list.to_do import ToDo
from tests.cast import make_lead
from tests.triage.lead_page import page, press, said, url
from tests.triage.queries import queries
from tests.triage.todo import DAY, HOUR, MONDAY, THURSDAY, a_task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NEW = {"task-text": "Send the cost sheet.", "task-until": "tomorrow", "task-day": "", "task-time": "", "task-assignee": ""}


@pytest.fixture
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY):
        yield


@pytest.fixture
def vera(clinic: object) -> Lead:
    return make_lead()


def boxes(task: Task, **values: str) -> dict[str, str]:
    usual = {"text": task.text, "day": "2026-06-04", "time": "12:00", "assignee": str(task.assignee_id or "")}
    return {"task": str(task.pk)} | {f"{task.pk.hex}-{name}": value for name, value in (usual | values).items()}


def test_it_is_added_in_one_line(as_bob: Client, vera: Lead, bob: User) -> None:
    assert said(press(as_bob, "tasks", vera, **NEW | {"task-assignee": str(bob.pk)})) == ["Task added, due tomorrow 9 a.m."]
    task = Task.objects.get()
    assert (task.text, task.assignee, task.by, task.lead) == ("Send the cost sheet.", bob, bob, vera)
    shown = page(as_bob, vera)
    assert "for Bob" in shown
    assert "Task for Bob, due tomorrow 9 a.m." in shown


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"task-until": "next_week"}, "2026-06-08T13:00"),
        ({"task-day": "2026-06-04"}, "2026-06-04T13:00"),  # its morning, at nine in New York
        ({"task-day": "2026-06-04", "task-time": "10:00"}, "2026-06-04T14:00"),
        ({"task-until": "tomorrow", "task-time": "16:30"}, "2026-06-02T20:30"),
        ({"task-until": "", "task-day": "2026-06-04"}, "2026-06-04T13:00"),
    ],
)
def test_when_it_is_due(as_bob: Client, vera: Lead, fields: dict[str, str], due: str) -> None:
    press(as_bob, "tasks", vera, **NEW | fields)
    assert Task.objects.get().due_at.isoformat().startswith(due)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"task-text": ""}, "Write what there is to do."),
        ({"task-until": "", "task-day": ""}, "Choose until when."),
        ({"task-until": "never"}, "Choose until when."),
        ({"task-day": "soon"}, "Enter a date like 2026-06-30."),
        ({"task-day": "2099-01-01"}, "Choose a day within the next two years."),
        ({"task-day": "2026-05-01"}, "That time is past. Choose a later one."),
        ({"task-time": "noon"}, "Enter a time like 14:30."),
        ({"task-assignee": "0"}, "Choose one of your colleagues."),
    ],
)
def test_what_can_not_be_is_said_and_nothing_typed_is_lost(as_bob: Client, vera: Lead, fields: dict[str, str], sentence: str) -> None:
    response = as_bob.post(url("tasks", vera), NEW | fields, follow=True)
    shown = response.content.decode()
    assert sentence in shown
    assert not Task.objects.exists()
    assert (NEW | fields)["task-text"] in shown


def test_it_is_done_with_one_press_and_stands_below(as_bob: Client, vera: Lead, bob: User) -> None:
    task = a_task(vera, bob)
    assert said(press(as_bob, "tasks_done", vera, task=str(task.pk))) == ["Task done."]
    shown = page(as_bob, vera)
    assert "1 is done" in shown
    assert url("tasks_open", vera) in shown
    assert url("tasks_done", vera) not in shown
    assert said(press(as_bob, "tasks_open", vera, task=str(task.pk))) == ["Task opened again."]
    assert url("tasks_done", vera) in page(as_bob, vera)


def test_it_is_changed_where_it_stands(as_bob: Client, vera: Lead, bob: User, alice: User) -> None:
    task = a_task(vera, bob)
    changed = boxes(task, text="Call them.", time="16:00", assignee=str(alice.pk))
    assert said(press(as_bob, "tasks_change", vera, **changed)) == ["Task changed."]
    task.refresh_from_db()
    assert (task.text, task.due_at, task.assignee) == ("Call them.", THURSDAY + 4 * HOUR, alice)


def test_who_only_rewords_it_moves_nothing(as_bob: Client, vera: Lead, bob: User) -> None:
    task = a_task(vera, bob, due_at=THURSDAY + HOUR / 7)
    press(as_bob, "tasks_change", vera, **boxes(task, text="Call them.", time="12:08"))
    task.refresh_from_db()
    assert (task.text, task.due_at) == ("Call them.", THURSDAY + HOUR / 7)


def test_what_says_so_already_is_said(as_bob: Client, vera: Lead, bob: User) -> None:
    response = as_bob.post(url("tasks_change", vera), boxes(a_task(vera, bob)))
    assert "It says so already." in response.content.decode()


def test_it_is_removed_and_its_words_with_it(as_bob: Client, vera: Lead, bob: User) -> None:
    task = a_task(vera, bob)
    assert "cost sheet" in page(as_bob, vera)
    press(as_bob, "tasks_off", vera, task=str(task.pk))
    shown = page(as_bob, vera)
    assert "Removed a task" in shown
    assert "cost sheet" not in shown


def test_undo_stands_beside_it(as_bob: Client, vera: Lead, bob: User) -> None:
    task = a_task(vera, bob)
    response = press(as_bob, "tasks_done", vera, task=str(task.pk))
    undo = url("tasks_remove", vera)
    assert undo in [message.extra_tags for message in get_messages(response.wsgi_request)]
    as_bob.post(undo)
    task.refresh_from_db()
    assert task.state == TaskState.OPEN


def test_what_is_overdue_says_so_in_words(as_bob: Client, vera: Lead, bob: User) -> None:
    a_task(vera, bob, due_at=MONDAY + HOUR / 12)
    with time_machine.travel(MONDAY + HOUR / 6, tick=False):
        assert "Overdue</span> <time" in page(as_bob, vera)


def test_the_soonest_comes_first(vera: Lead, bob: User) -> None:
    later, sooner = a_task(vera, bob, due_at=THURSDAY + DAY), a_task(vera, bob)
    first, gone = a_task(vera, bob, due_at=MONDAY + HOUR), a_task(vera, bob)
    finish_task(by=bob, task=first)
    remove_task(by=bob, task=gone)
    PrivacyRequest.objects.create(lead=vera, kind="copy")
    PrivacyRequest.objects.create(lead=vera, kind="deletion")
    PrivacyRequest.objects.create(lead=vera, kind="copy", done_at=MONDAY)
    to_do = ToDo.of(vera)
    assert (to_do.open, to_do.done) == ([sooner, later], [first])
    assert [request.kind for request in to_do.requests] == ["copy", "deletion"]
    assert to_do.open[0].text == "Send the cost sheet."


def test_another_leads_task_is_none_of_this(as_bob: Client, vera: Lead, bob: User) -> None:
    other = a_task(make_lead(email="other@example.com"), bob)
    assert said(press(as_bob, "tasks_done", vera, task=str(other.pk))) == ["There is no such task."]
    assert Task.objects.get().state == TaskState.OPEN


@pytest.mark.parametrize("task", ["", "x", "01a221ba-c81a-7012-8f6f-f3d985189029"])
@pytest.mark.parametrize("noun", ["tasks_done", "tasks_change", "tasks_open", "tasks_off"])
def test_whatever_is_no_task(as_bob: Client, vera: Lead, noun: str, task: str) -> None:
    press(as_bob, noun, vera, task=task)
    assert not Task.objects.exists()


def test_a_closed_lead_shows_what_was_done_and_takes_nothing_new(as_bob: Client, vera: Lead, bob: User) -> None:
    finish_task(by=bob, task=a_task(vera, bob))
    Lead.objects.update(category="closed", next_action="", due_at=None, attention="done")
    shown = page(as_bob, vera)
    assert "Send the cost sheet." in shown
    assert url("tasks_open", vera) not in shown
    assert "This lead is closed." in as_bob.post(url("tasks", vera), NEW).content.decode()
    assert not Task.objects.filter(state=TaskState.OPEN).exists()


def test_a_stale_page_does_not_change_what_a_colleague_has_changed(as_bob: Client, vera: Lead, bob: User, alice: User) -> None:
    task = a_task(vera, bob)
    with time_machine.travel(MONDAY + HOUR, tick=False):
        finish_task(by=alice, task=task)
        response = as_bob.post(url("tasks_change", vera), boxes(task, text="Call them.") | {"shown": MONDAY.isoformat()})
    assert "Alice, just now: A task is done. Look at it first" in " ".join(response.content.decode().split())


def test_the_number_of_queries_does_not_grow(as_bob: Client, vera: Lead, bob: User) -> None:
    address = reverse("lead", args=[vera.reference])
    before = queries(as_bob, address)
    for number in range(8):
        task = add_task(by=bob, lead=vera, text=f"{number}", due_at=THURSDAY, assignee=bob)
        if number % 2:
            finish_task(by=bob, task=task)
    assert queries(as_bob, address) == before <= 16


@pytest.mark.parametrize("noun", ["tasks", "tasks_done", "tasks_change", "tasks_open", "tasks_off"])
def test_nobody_does_it_by_looking(as_bob: Client, as_charlie: Client, vera: Lead, noun: str) -> None:
    assert as_bob.get(url(noun, vera)).status_code == 405
    assert as_charlie.post(url(noun, vera)).status_code == 404
    assert not vera.events.filter(kind=EventKind.TASK).exists()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(sorted(NEW)), st.text(max_size=20)))
def test_whatever_is_typed_is_answered(as_bob: Client, vera: Lead, typed: dict[str, str]) -> None:
    assert as_bob.post(url("tasks", vera), NEW | typed).status_code in (200, 303)
