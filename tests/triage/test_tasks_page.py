"""The list of tasks: one's own or everybody's, the soonest first, without what they say unless somebody asks, which is recorded."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from leads.models import Lead, ReadRecord, Task, TaskState, User
from leads.triage.decisions.tasks_of_lead import finish_task
from leads.triage.words import pages
from tests.cast import make_lead
from tests.triage.queries import queries
from tests.triage.todo import DAY, HOUR, MONDAY, a_task

pytestmark = pytest.mark.django_db
SOON = MONDAY + HOUR / 12


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY):
        yield


def shown(client: Client, **asked: str) -> str:
    return " ".join(client.get(reverse("tasks"), asked).content.decode().split())


def order_of(page: str, *names: str) -> list[str]:
    return sorted((name for name in names if f">{name}</a>" in page), key=page.index)


def test_mine_in_the_order_in_which_they_are_due(as_bob: Client, bob: User, alice: User, clinic: object) -> None:
    for name, due_at in (("Later", MONDAY + 2 * DAY), ("Sooner", MONDAY + HOUR), ("Late", SOON)):
        a_task(make_lead(name=name), bob, due_at=due_at)
    a_task(make_lead(name="Hers"), bob, assignee=alice)
    finish_task(by=bob, task=a_task(make_lead(name="Finished"), bob))
    with time_machine.travel(MONDAY + HOUR / 6, tick=False):
        page = shown(as_bob)
    assert order_of(page, "Late", "Sooner", "Later", "Hers", "Finished") == ["Late", "Sooner", "Later"]
    assert [page.index(title) for title in (">Overdue<", ">Today<", ">Later</h2>")] == sorted(
        page.index(title) for title in (">Overdue<", ">Today<", ">Later</h2>")
    )


def test_everybodys_says_for_whom(as_bob: Client, lead: Lead, bob: User, alice: User) -> None:
    a_task(lead, bob, assignee=alice)
    a_task(lead, bob, assignee=None)
    assert "You have no task." in shown(as_bob)
    page = shown(as_bob, of="everybody")
    assert "for Alice" in page
    assert "for whoever is at work" in page


def test_closed_leads_have_none(as_bob: Client, lead: Lead, bob: User) -> None:
    a_task(lead, bob)
    Lead.objects.update(category="closed", next_action="", due_at=None, attention="done")
    assert "You have no task." in shown(as_bob)


# What they say


def test_the_list_holds_no_text(as_bob: Client, lead: Lead, bob: User) -> None:
    a_task(lead, bob)
    assert "cost sheet" not in shown(as_bob)
    assert ReadRecord.objects.get().fields == "list"


def test_of_ones_own_it_is_told_and_that_is_recorded(as_bob: Client, lead: Lead, bob: User, alice: User) -> None:
    a_task(lead, bob)
    other = make_lead(email="other@example.com")
    a_task(other, bob, assignee=alice, text="Call the pharmacy.")
    page = shown(as_bob, texts="on")
    assert "Send the cost sheet." in page
    assert "pharmacy" not in page
    record = ReadRecord.objects.get()
    assert (record.user, record.page, record.fields, record.leads) == (bob, "tasks", "tasks", [lead.pk])


def test_of_others_it_is_not_told(as_bob: Client, lead: Lead, bob: User, alice: User) -> None:
    a_task(lead, bob, assignee=alice)
    assert "cost sheet" not in shown(as_bob, texts="on", of="everybody")


def test_not_while_others_may_see_the_screen(as_bob: Client, lead: Lead, bob: User) -> None:
    a_task(lead, bob)
    as_bob.post(reverse("waiting_room"))
    page = shown(as_bob, texts="on")
    assert "cost sheet" not in page
    assert "Vera Lind" not in page
    assert "V. L." in page


# Done from here


def done(client: Client, task: Task, page: str = "") -> Any:
    return client.post(reverse("lead_tasks_done", args=[task.lead.reference]), {"task": str(task.pk), "next": page or reverse("tasks")})


def test_one_press_and_it_goes_back_to_the_list(as_bob: Client, lead: Lead, bob: User) -> None:
    task = a_task(lead, bob)
    response = done(as_bob, task, reverse("tasks") + "?texts=on")
    assert (response.status_code, response.headers["Location"]) == (303, "/desk/tasks/?texts=on")
    page = shown(as_bob)
    assert "Task done." in page
    assert reverse("lead_tasks_remove", args=[lead.reference]) in page
    as_bob.post(reverse("lead_tasks_remove", args=[lead.reference]), {"next": reverse("tasks")})
    task.refresh_from_db()
    assert task.state == TaskState.OPEN


def test_whoever_was_second_is_told_who_was_first(as_bob: Client, lead: Lead, bob: User, alice: User) -> None:
    task = a_task(lead, bob)
    finish_task(by=alice, task=task)
    assert done(as_bob, task).headers["Location"] == reverse("tasks")
    assert "This task is done already (Alice)." in shown(as_bob)


# Pages


def test_page_by_page_nobody_is_left_out(as_bob: Client, bob: User, lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages.page_of, "__defaults__", ("", 2))
    ids = sorted(str(a_task(lead, bob, due_at=MONDAY + DAY).pk) for _number in range(5))  # all at one moment
    seen, address = list[str](), "?of=everybody"
    while address:
        page = as_bob.get(reverse("tasks") + address)
        seen += [line.pk for group in page.context["groups"] for line in group.lines]
        address = f"?{page.context['older']}" if page.context["older"] else ""
    assert seen == ids
    back = as_bob.get(f"{reverse('tasks')}?{page.context['newer']}")
    assert [line.pk for group in back.context["groups"] for line in group.lines] == ids[2:4]


@pytest.mark.parametrize("cursor", ["x", "W2ZhbHNlLCJ4IiwieCJd", "W2ZhbHNlLCIyMDI2LTA2LTAxVDE2OjAwOjAwKzAwOjAwIiwieCJd"])
def test_a_cursor_that_makes_no_sense_is_the_first_page(as_bob: Client, lead: Lead, bob: User, cursor: str) -> None:
    a_task(lead, bob)
    assert "Vera Lind" in shown(as_bob, cursor=cursor)


def test_the_number_of_queries_does_not_grow(as_bob: Client, bob: User, lead: Lead) -> None:
    a_task(lead, bob)
    few = queries(as_bob, reverse("tasks") + "?texts=on")
    for number in range(20):
        a_task(make_lead(name=f"{number}"), bob)
    assert queries(as_bob, reverse("tasks") + "?texts=on") == few <= 5


def test_whoever_works_on_no_leads_has_no_list(as_charlie: Client) -> None:
    assert as_charlie.get(reverse("tasks")).status_code == 404


def test_nothing_is_posted_to_it(as_bob: Client) -> None:
    assert as_bob.post(reverse("tasks")).status_code == 405
