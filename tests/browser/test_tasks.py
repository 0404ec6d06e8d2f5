"""Tasks in a browser: on a lead's page and in their list, by keyboard and without JavaScript, accessible and within their width."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from leads.models import Attention, Event, Lead, Task, TaskState, User
from leads.triage.decisions.tasks_of_lead import add_task, finish_task
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Send the cost sheet and the questions that the insurance asks. " * 4 + "x" * 90


@pytest.fixture
def vera(transactional_db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes(phone="(212) 555-0123").reference)


def lead_page(open_page: OpenPage, user: User, lead: Lead, **options: Any) -> Page:
    return open_page(reverse("lead", args=[lead.reference]), user=user, **options)


def a_task(lead: Lead, by: User, text: str = "Send the cost sheet.", days: float = 3, **fields: Any) -> Task:
    task = add_task(by=by, lead=lead, text=text, due_at=timezone.now() + timedelta(days=abs(days)), assignee=by, **fields)
    if days < 0:
        Task.objects.filter(pk=task.pk).update(due_at=timezone.now() + timedelta(days=days))
    return task


def test_the_section_looks_right_empty_and_full(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    expect(page.get_by_role("heading", name="Tasks")).to_be_visible()
    assert_looks_right(page)
    a_task(vera, bob, LONG)
    a_task(vera, bob, days=-1)
    finish_task(by=bob, task=a_task(vera, bob, LONG))
    page.reload()
    for summary in page.locator(".tasks summary").all():
        summary.click()
    assert_looks_right(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_it_is_added_changed_done_and_opened_again(open_page: OpenPage, bob: User, vera: Lead, javascript: bool) -> None:
    page = lead_page(open_page, bob, vera, javascript=javascript)
    new = page.locator(".task-new")
    new.get_by_label("What is to be done").fill("Send the cost sheet.")
    new.get_by_label("Due", exact=True).select_option(label="Next week")
    new.get_by_label("For").select_option(label="Whoever is at work")
    page.get_by_role("textbox", name="Note", exact=True).fill("They called.")
    page.get_by_role("button", name="Add a task").click()
    expect(page.locator("#toasts")).to_contain_text("Note saved. Task added, due ")
    task = page.locator(".task").first
    expect(task).to_contain_text("for whoever is at work")
    task.locator("summary").click()
    task.get_by_label("What is to be done").fill("Call them.")
    task.get_by_role("button", name="Save").click()
    expect(page.locator(".task").first).to_contain_text("Call them.")
    page.get_by_role("button", name="Done Call them.").click()
    page.locator(".tasks summary", has_text="1 is done").click()
    page.get_by_role("button", name="Open again Call them.").click()
    expect(page.get_by_role("button", name="Done Call them.")).to_be_visible()


def test_enter_adds_it_and_presses_nothing_else_and_z_takes_it_back(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    page.locator(".task-new").get_by_label("What is to be done").fill("Send the cost sheet.")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Task added")
    vera.refresh_from_db()
    assert vera.attention == Attention.NEEDS_US
    page.keyboard.press("z")
    expect(page.locator("#toasts")).to_contain_text("Undone.")
    assert Task.objects.get().state == TaskState.REMOVED


def test_a_mistake_loses_nothing(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    new = page.locator(".task-new")
    new.get_by_label("What is to be done").fill("Send the cost sheet.")
    page.get_by_text("Another day or time").click()
    new.get_by_label("Due on").fill("2020-01-01")
    page.get_by_role("button", name="Add a task").click()
    expect(page.locator("#toasts")).to_contain_text("Choose a day within the next two years.")
    expect(new.get_by_label("What is to be done")).to_have_value("Send the cost sheet.")
    assert_looks_right(page)


# The list


@pytest.fixture
def three(bob: User, vera: Lead) -> list[Task]:
    """The soonest first."""
    first = a_task(make_lead(name="Ann Overdue", email="ann@example.com"), bob, days=-1)
    return [first, a_task(vera, bob, days=2), a_task(make_lead(name="Max Later " + "x" * 60, email="max@example.com"), bob, LONG, days=9)]


def names(page: Page) -> Any:
    return page.locator(".task-row .name")


def test_the_list_looks_right(open_page: OpenPage, bob: User, alice: User, three: list[Task]) -> None:
    page = open_page(reverse("tasks"), user=bob)
    expect(names(page)).to_have_count(3)
    assert_looks_right(page)
    page.get_by_role("link", name="Show what they say").click()
    expect(page.locator(".task-text").first).to_have_text("Send the cost sheet.")
    assert_looks_right(page)
    page = open_page(reverse("tasks") + "?of=everybody", user=alice)
    expect(page.locator(".task-for").first).to_have_text("for Bob")
    assert_looks_right(page)
    page.get_by_role("link", name="Mine").click()
    expect(page.get_by_text("You have no task.")).to_be_visible()
    assert_looks_right(page)


def test_by_keyboard_from_anywhere(open_page: OpenPage, bob: User, three: list[Task]) -> None:
    page = open_page(reverse("inbox"), user=bob)
    page.keyboard.press("g")
    page.keyboard.press("t")
    expect(page.get_by_role("heading", name="Tasks", exact=True)).to_be_visible()
    page.keyboard.press("j")
    expect(names(page).nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(names(page).nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("d")
    expect(page.locator("#toasts")).to_contain_text("Task done.")
    expect(names(page)).to_have_count(2)
    expect(names(page).nth(0)).to_be_focused()
    page.keyboard.press("z")
    expect(names(page)).to_have_count(3)
    expect(page.get_by_role("link", name="Ann Overdue")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#lead-name")).to_have_text("Ann Overdue")
    expect(page.get_by_role("button", name="Done Send the cost sheet.")).to_be_visible()


def test_without_javascript_one_press_does_it(open_page: OpenPage, bob: User, three: list[Task]) -> None:
    page = open_page(reverse("tasks"), user=bob, javascript=False)
    page.get_by_role("button", name="Done: the task for Ann Overdue").click()
    expect(page.locator("#toasts")).to_contain_text("Task done.")
    expect(names(page)).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(names(page)).to_have_count(3)


def test_pressed_twice_it_is_done_once(open_page: OpenPage, bob: User, three: list[Task]) -> None:
    page = open_page(reverse("tasks"), user=bob)
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.keyboard.press("d")
    expect(page.locator("#toasts")).to_contain_text("Task done.")
    expect(names(page)).to_have_count(2)
    assert Event.objects.filter(kind="task_done").count() == 1


def test_in_waiting_room_mode_it_shows_initials_and_no_text(open_page: OpenPage, bob: User, three: list[Task]) -> None:
    page = open_page(reverse("tasks") + "?texts=on", user=bob)
    page.keyboard.press("w")
    expect(names(page).nth(0)).to_have_text("A. O.")
    assert page.locator(".task-text").count() == 0
    assert_looks_right(page)
