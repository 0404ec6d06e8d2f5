"""Programs see and do what there is to do for a lead, by the desk's own verbs; each look is recorded."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from leads.models import EventKind, Lead, NoticeKind, ReadRecord, Task, TaskState, User
from leads.triage.decisions.tasks_of_lead import add_task, finish_task
from leads.triage.undo.undo import undo
from tests.cast import make_lead

Door = Callable[..., APIClient]
SOON = timezone.now() + timedelta(days=2)
TO_DO: dict[str, Any] = {"text": "Send the cost sheet.", "due_at": SOON.isoformat(), "assignee": "bob@example.com"}


@pytest.fixture
def writer(door: Door) -> APIClient:
    return door("leads:write")


@pytest.fixture
def task(lead: Lead, bob: User) -> Task:
    return add_task(by=bob, lead=lead, text="Send the cost sheet.", due_at=SOON, assignee=bob)


def all_of(lead: Lead) -> str:
    return reverse("api_lead_tasks", args=[lead.reference])


def one(task: Task, *, done: bool = False) -> str:
    return reverse("api_lead_task_done" if done else "api_lead_task", args=[task.lead.reference, task.pk])


def test_they_are_listed_what_is_open_first(door: Door, lead: Lead, task: Task, bob: User) -> None:
    done = add_task(by=bob, lead=lead, text="Call them.", due_at=SOON, assignee=None)
    finish_task(by=bob, task=done)
    answer = door("leads:read").get(all_of(lead)).json()
    assert answer["lead"] == lead.reference
    assert [(each["id"], each["text"], each["state"], each["assignee"]) for each in answer["results"]] == [
        (str(task.pk), "Send the cost sheet.", "open", "bob@example.com"),
        (str(done.pk), "Call them.", "done", None),
    ]
    assert [each["done_at"] is None for each in answer["results"]] == [True, False]
    record = ReadRecord.objects.get()
    assert (record.page, record.fields, record.leads, record.user) == ("api_lead_tasks", "tasks", [lead.pk], None)


def test_one_is_added_and_whoever_gets_it_is_told(writer: APIClient, lead: Lead, bob: User) -> None:
    answer = writer.post(all_of(lead), TO_DO, format="json")
    task = Task.objects.get()
    assert (answer.status_code, answer.json()["id"]) == (201, str(task.pk))
    assert (task.text, task.due_at, task.assignee, task.by) == ("Send the cost sheet.", SOON, bob, None)
    assert bob.notices.get().kind == NoticeKind.TASK
    assert "api_key" in lead.events.get(kind=EventKind.TASK).data


def test_it_is_done_once_and_opened_again(writer: APIClient, task: Task) -> None:
    assert writer.post(one(task, done=True)).json()["state"] == "done"
    again = writer.post(one(task, done=True))
    assert (again.status_code, again.json()["detail"]) == (409, "This task is done already (by a program).")
    assert writer.delete(one(task, done=True)).json()["state"] == "open"
    assert writer.delete(one(task, done=True)).status_code == 409


def test_what_is_sent_changes_and_the_rest_stays(writer: APIClient, task: Task, bob: User) -> None:
    assert writer.post(one(task), {"text": "Call them."}, format="json").json()["assignee"] == "bob@example.com"
    writer.post(one(task), {"assignee": None}, format="json")
    task.refresh_from_db()
    assert (task.text, task.due_at, task.assignee) == ("Call them.", SOON, None)


def test_it_is_removed_and_then_is_not_there(writer: APIClient, task: Task, alice: User) -> None:
    assert writer.delete(one(task)).status_code == 200
    assert writer.delete(one(task)).status_code == 404
    assert Task.objects.get().state == TaskState.REMOVED
    undo(by=alice, lead=task.lead, noun="tasks")
    assert Task.objects.get().state == TaskState.OPEN


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 501}, "text"),
        ({"due_at": "soon"}, "due_at"),
        ({"due_at": "2020-01-01T00:00:00Z"}, "due_at"),
        ({"due_at": "2099-01-01T00:00:00Z"}, "due_at"),
        ({"assignee": "nobody@example.com"}, "assignee"),
        ({"assignee": "charlie@example.com"}, "assignee"),
        ({"assignee": 7}, "assignee"),
    ],
)
def test_bad_input_is_400_and_changes_nothing(
    writer: APIClient, lead: Lead, bob: User, charlie: User, change: dict[str, Any], field: str
) -> None:
    answer = writer.post(all_of(lead), TO_DO | change, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Task.objects.exists()


def test_a_lead_that_is_closed_is_a_conflict(writer: APIClient, bob: User) -> None:
    assert writer.post(all_of(make_lead(category="closed")), TO_DO, format="json").status_code == 409


def test_another_leads_task_is_not_there(writer: APIClient, task: Task) -> None:
    other = make_lead(email="other@example.com")
    assert writer.post(reverse("api_lead_task_done", args=[other.reference, task.pk])).status_code == 404
    assert writer.post(reverse("api_lead_task_done", args=[other.reference, "x"])).status_code == 404


def test_each_needs_its_scope(door: Door, task: Task, lead: Lead) -> None:
    reader, writer = door("leads:read"), door("leads:write")
    assert writer.get(all_of(lead)).status_code == 403
    assert {reader.post(all_of(lead)).status_code, reader.post(one(task)).status_code, reader.delete(one(task)).status_code} == {403}
    assert {reader.post(one(task, done=True)).status_code, reader.delete(one(task, done=True)).status_code} == {403}


def test_the_wrong_verb(writer: APIClient, task: Task) -> None:
    assert writer.get(one(task)).status_code == 405
    assert writer.get(one(task, done=True)).status_code == 405
    assert writer.delete(all_of(task.lead)).status_code == 405
