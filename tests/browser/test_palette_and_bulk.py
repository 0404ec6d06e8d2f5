"""The palette, and many leads chosen from the keyboard."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from leads.models import Attention, BulkChange, Lead, ReadRecord, User
from leads.triage.bulk.bulk import work_off
from leads.triage.decisions.actions import mark_done
from tests.browser.conftest import OpenPage
from tests.cast import make_lead

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def queue() -> list[Lead]:
    """Four people who wait, the longest first."""
    now = timezone.now()
    return [make_lead(name=f"Person {n}", email=f"{n}@example.com", due_at=now + timedelta(minutes=n)) for n in range(4)]


def active(page: Page) -> str:
    """What the combobox says is active."""
    pk = page.locator("#palette-q").get_attribute("aria-activedescendant")
    return page.locator(f"#{pk} span").first.inner_text() if pk else ""


def test_the_palette_finds_a_person_by_name_and_opens_them(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-q")).to_be_focused()
    page.keyboard.type("person 2")
    expect(page.locator("#palette").get_by_role("option", name="Person 2")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Person 2")
    assert ReadRecord.objects.filter(page="palette").latest("at").leads == [queue[2].pk]


def test_before_anything_is_typed_the_last_ones_stand_first(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    mark_done(by=bob, lead=queue[3])
    page = open_page("/desk/board/", user=bob)
    page.keyboard.press("Control+k")
    expect(page.locator("#palette [role=option]:visible").first).to_contain_text("Person 3")
    expect(page.get_by_role("group", name="Recent")).to_be_visible()


def test_the_palette_does_what_a_key_does_also_where_letters_are_off(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    User.objects.filter(pk=bob.pk).update(single_keys=False)
    page = open_page("/desk/", user=bob)
    page.get_by_role("link", name="Person 1").focus()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("group", name="With Person 1")).to_be_visible()
    page.keyboard.type("assign to me")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Assigned to Bob.")
    queue[1].refresh_from_db()
    assert queue[1].owner == bob


def test_arrows_move_and_places_are_found(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("Control+k")
    page.keyboard.type("snoozed")
    expect(page.locator("#palette [data-found]")).to_have_text("1 found")
    assert active(page) == "Snoozed"
    page.keyboard.press("ArrowUp")
    assert active(page) == "Snoozed"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("view=snoozed$"))


def test_nothing_found_is_said_and_escape_goes_back_to_the_row(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("j")
    page.keyboard.press("Control+k")
    page.keyboard.type("zzzz")
    expect(page.locator("#palette [data-found]")).to_have_text("Nothing found")
    expect(page.locator("#palette [role=option]:visible")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("[data-rows] .name:focus")).to_have_text("Person 0")


def test_without_scripts_nothing_speaks_of_a_palette(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/", user=bob, javascript=False)
    expect(page.get_by_text("Find or do")).to_be_hidden()


def test_rows_are_chosen_with_x_and_done_together_and_undone_as_one(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("#bulk [role=status]")).to_have_text("2 chosen")
    page.keyboard.press("d")
    expect(page.locator("#toasts")).to_contain_text("Done for now: 2 leads.")
    expect(page.locator("[data-rows] .name:focus")).to_have_text("Person 2")
    page.keyboard.press("z")
    expect(page.locator("[data-rows] .row")).to_have_count(4)
    assert Lead.objects.filter(attention=Attention.NEEDS_US).count() == 4


def test_the_chosen_are_assigned_by_a_digit(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    for key in ("j", "x", "j", "j", "x", "a"):
        page.keyboard.press(key)
    expect(page.locator("#assign")).to_contain_text("2 chosen")
    page.keyboard.press("1")
    expect(page.locator("#toasts")).to_contain_text("Assign to Bob: 2 leads.")
    assert sorted(Lead.objects.filter(owner=bob).values_list("name", flat=True)) == ["Person 0", "Person 2"]


def test_shift_and_a_click_choose_all_between(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    page.get_by_label("Choose Person 0").click()
    page.get_by_label("Choose Person 2").click(modifiers=["Shift"])
    expect(page.locator("#bulk [role=status]")).to_have_text("3 chosen")
    page.get_by_role("button", name="Choose none").click()
    expect(page.locator("#bulk")).to_be_hidden()


def test_all_that_match_go_to_the_worker_and_the_page_shows_how_far_it_is(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    page.get_by_label("Choose Person 0").check()
    page.get_by_label("All that match, on every page").check()
    page.get_by_role("button", name="Done", exact=True).click()
    page.get_by_role("button", name="Change 4 leads").click()
    expect(page.get_by_text("Under way")).to_be_visible()
    work_off(timezone.now(), 30)
    expect(page.get_by_text("Done.")).to_be_visible()
    assert BulkChange.objects.get().changed == 4
    page.keyboard.press("z")
    expect(page.locator("#bulk-page").get_by_text("4 leads are as they were.")).to_be_visible()


def test_without_scripts_rows_are_chosen_and_changed(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob, javascript=False)
    page.get_by_label("Choose Person 1").check()
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("1 lead.")
    queue[1].refresh_from_db()
    assert queue[1].events.count() <= 1


def test_enter_in_the_remark_closes_and_does_nothing_else(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    page.get_by_label("Choose Person 1").check()
    page.get_by_label("Why they are closed").select_option("Could not reach them")
    page.get_by_label("Anything to add").fill("Went elsewhere.")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Close as Closed: 1 lead.")
    page.goto(reverse("lead", args=[queue[1].reference]))
    expect(page.locator(".note")).to_have_text("Went elsewhere.")
