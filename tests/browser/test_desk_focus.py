"""After each thing done at the desk the focus is on a lead, or on the page where there is none: it never gets lost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from leads.models import Attention, Lead, User
from leads.triage.decisions.actions import mark_done
from tests.browser.conftest import OpenPage
from tests.cast import make_lead

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def queue() -> list[Lead]:
    """Four people who wait, the longest first."""
    now = timezone.now()
    return [make_lead(name=f"Person {n}", email=f"{n}@example.com", due_at=now + timedelta(minutes=n)) for n in range(4)]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focus_is_on(page: Page, name: str) -> None:
    expect(page.locator(":is([data-rows], [data-board]) .name:focus")).to_have_text(name)


def says(page: Page, words: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(words)


@pytest.mark.parametrize("keys", [("e",), ("d",), ("s", "Enter"), ("s", "1")])
def test_what_deals_with_somebody_goes_on_to_the_next(open_page: OpenPage, bob: User, queue: list[Lead], keys: tuple[str, ...]) -> None:
    page = open_page("/desk/?view=everyone", user=bob)
    press(page, "j", *keys)
    expect(page.locator("#toasts .toast")).to_be_visible()
    names = page.locator("[data-rows] .name").all_inner_texts()
    focus_is_on(page, names[1])


def test_i_is_mine_and_stays_so_that_the_next_key_is_about_the_same_person(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    press(page, "j", "j", "i")
    says(page, "Assigned to Bob.")
    focus_is_on(page, "Person 1")
    queue[1].refresh_from_db()
    assert queue[1].owner == bob


def test_a_assigns_by_the_first_letters(open_page: OpenPage, bob: User, alice: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    press(page, "j", "a")
    expect(page.locator("#assign")).to_contain_text("Person 0")
    press(page, "b", "o")
    expect(page.locator("#assign").get_by_role("button", name="Bob")).to_be_focused()
    press(page, "Enter")
    says(page, "Assigned to Bob.")
    focus_is_on(page, "Person 0")


def test_a_and_a_digit_are_two_keys(open_page: OpenPage, bob: User, alice: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    press(page, "j", "a", "1")
    says(page, "Assigned to Alice.")


def test_escape_leaves_a_choice_and_the_focus_is_where_it_was(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    press(page, "j", "j", "m", "Escape")
    focus_is_on(page, "Person 1")
    assert not queue[1].events.exists()


def test_m_offers_every_stage_but_the_one_it_is_in(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    press(page, "j", "m")
    expect(page.locator("#move").get_by_role("button", name="New")).to_be_hidden()
    press(page, "2")
    says(page, "Moved to Contacted.")


def test_undo_gives_the_focus_to_who_comes_back(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    press(page, "j", "d")
    focus_is_on(page, "Person 1")
    press(page, "z")
    says(page, "Undone.")
    focus_is_on(page, "Person 0")


def test_z_takes_back_after_a_reload_and_one_after_the_other(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    press(page, "j", "i")
    says(page, "Assigned to Bob.")
    focus_is_on(page, "Person 0")
    expect(page.locator(".htmx-request")).to_have_count(0)  # one change at a time
    press(page, "d")
    says(page, "Done for now.")
    page.reload()
    expect(page.locator("#toasts .toast")).to_have_count(0)
    press(page, "z")
    says(page, "Undone.")
    focus_is_on(page, "Person 0")
    queue[0].refresh_from_db()
    assert (queue[0].attention, queue[0].owner) == (Attention.NEEDS_US, bob)
    press(page, "z")
    expect(page.locator("[data-rows] .owner abbr")).to_have_count(0)
    queue[0].refresh_from_db()
    assert queue[0].owner is None


def test_z_with_nothing_to_undo_says_so_and_keeps_the_focus(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    press(page, "j", "j", "z")
    says(page, "There is nothing of yours to undo.")
    focus_is_on(page, "Person 1")


def test_z_on_a_leads_page_takes_the_note_along(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    mark_done(by=bob, lead=queue[0])
    page = open_page(reverse("lead", args=[queue[1].reference]), user=bob)
    press(page, "n")
    page.keyboard.type("Not lost.")
    press(page, "Escape", "z")
    says(page, "Note saved. Undone.")
    expect(page.locator(".note")).to_have_text("Not lost.")
    queue[0].refresh_from_db()
    assert queue[0].attention == Attention.NEEDS_US


def test_a_refusal_keeps_the_focus(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    press(page, "j", "j")
    Lead.objects.filter(pk=queue[1].pk).update(read_first=True)
    press(page, "d")
    says(page, "This person may not be safe.")
    focus_is_on(page, "Person 1")


def test_an_empty_list_gives_the_focus_to_the_page(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/", user=bob)
    press(page, "j", "d")
    expect(page.locator("main")).to_contain_text("All caught up.")
    expect(page.locator("#main")).to_be_focused()
    press(page, "z")
    focus_is_on(page, "Vera Lind")


def test_coming_back_from_a_lead_finds_the_place_again(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    press(page, "j", "j", "j", "Enter")
    expect(page.locator("h1")).to_have_text("Person 2")
    press(page, "g", "i")
    focus_is_on(page, "Person 2")


def test_n_on_a_row_opens_its_note(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    press(page, "j", "n")
    expect(page).to_have_url(re.compile(queue[0].reference))
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()


@pytest.mark.parametrize(("keys", "words"), [
    (("e",), "Contact logged."), (("d",), "Done for now."), (("i",), "Assigned to Bob."), (("s", "1"), "Snoozed until"),
    (("m", "3"), "Moved to Consultation booked."),
])  # fmt: skip
def test_the_same_keys_work_on_a_card(open_page: OpenPage, bob: User, queue: list[Lead], keys: tuple[str, ...], words: str) -> None:
    page = open_page("/desk/board/", user=bob)
    press(page, "j", *keys)
    says(page, words)
    expect(page.locator("[data-board] .name:focus")).to_have_count(1)
    assert queue[0].events.count() == 1


@pytest.mark.parametrize(("keys", "words"), [
    (("i",), "Assigned to Bob."), (("a", "1"), "Assigned to Bob."), (("s", "1"), "Snoozed until"),
    (("m", "3"), "Moved to Consultation booked."),
])  # fmt: skip
def test_the_same_keys_work_on_a_leads_page(open_page: OpenPage, bob: User, lead: Lead, keys: tuple[str, ...], words: str) -> None:
    page = open_page(reverse("lead", args=[lead.reference]), user=bob)
    press(page, *keys)
    says(page, words)
    expect(page.locator("#main")).to_be_focused()
    assert lead.events.count() == 1


def test_arrows_move_where_letters_are_off(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    User.objects.filter(pk=bob.pk).update(single_keys=False)
    page = open_page("/desk/", user=bob)
    page.get_by_role("link", name="Person 0").focus()
    press(page, "ArrowDown")
    focus_is_on(page, "Person 1")
    press(page, "j", "e")
    focus_is_on(page, "Person 1")


def test_the_list_of_changes_undoes_one_of_them(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    for lead in queue[:2]:
        mark_done(by=bob, lead=lead)
    page = open_page("/desk/changes/", user=bob, javascript=False)
    page.get_by_role("button", name=re.compile("Undo: .*Person 0")).click()
    expect(page.get_by_role("button", name=re.compile("Undo: .*Person 0"))).to_have_count(0)
    queue[0].refresh_from_db()
    assert queue[0].attention == Attention.NEEDS_US
