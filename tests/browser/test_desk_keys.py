"""The desk without a mouse."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from leads.models import Attention, EventKind, Lead, User
from tests.browser.conftest import OpenPage
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def queue() -> list[Lead]:
    """Ten people who wait, the longest first."""
    now = timezone.now()
    return [make_lead(name=f"Person {n}", email=f"{n}@example.com", due_at=now + timedelta(minutes=n)) for n in range(10)]


def focus_is_on(page: Page, name: str) -> None:
    expect(page.locator("[data-rows] .name:focus")).to_have_text(name)


def says(page: Page, words: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(words)


def test_ten_people_are_answered_from_the_keyboard_alone(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("j")
    for left in range(10, 0, -1):
        focus_is_on(page, f"Person {10 - left}")
        page.keyboard.press("e")
        expect(page.locator("[data-rows] .row")).to_have_count(left - 1)
    expect(page.locator("main")).to_contain_text("All caught up.")
    assert not Lead.objects.needs_us().exists()
    assert sorted(lead.events.get().kind for lead in queue) == [EventKind.CONTACTED] * 10


def test_j_and_k_move_and_stop_at_the_ends(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    for key, name in [("j", "Person 0"), ("j", "Person 1"), ("k", "Person 0"), ("k", "Person 0")]:
        page.keyboard.press(key)
        focus_is_on(page, name)
    for _ in range(12):
        page.keyboard.press("j")
    focus_is_on(page, "Person 9")


def test_enter_opens_and_e_goes_on_to_the_next(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Person 0")
    page.keyboard.press("e")
    expect(page.locator("h1")).to_have_text("Person 1")
    says(page, "Contact logged. Here is the next.")


def test_z_takes_it_back(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("j")
    page.keyboard.press("d")
    says(page, "Done for now.")
    expect(page.locator("[data-rows] .row")).to_have_count(9)
    page.keyboard.press("z")
    says(page, "Undone.")
    expect(page.locator("[data-rows] .row")).to_have_count(10)


def test_keys_of_a_fast_hand_wait_for_one_another(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    for key in "jdjdz":
        page.keyboard.press(key)
    says(page, "Undone.")
    expect(page.locator("[data-rows] .row")).to_have_count(9)
    assert [lead.reference for lead in Lead.objects.filter(attention=Attention.DONE)] == [queue[0].reference]
    focus_is_on(page, "Person 2")


def test_s_snoozes_the_row_with_the_focus(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.locator("#snooze")).to_be_visible()
    page.get_by_role("button", name="Next week").press("Enter")
    says(page, "Snoozed until")
    queue[1].refresh_from_db()
    assert queue[1].attention == Attention.SNOOZED
    focus_is_on(page, "Person 2")


def test_n_writes_a_note_and_letters_in_it_are_letters(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page(reverse("lead", args=[lead.reference]), user=bob)
    page.keyboard.press("n")
    page.keyboard.type("needed a jeep")
    expect(page.get_by_role("textbox", name="Note")).to_have_value("needed a jeep")
    page.get_by_role("button", name="Save note").press("Enter")
    expect(page.locator(".note")).to_have_text("needed a jeep")


def test_a_slash_searches(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("/")
    page.keyboard.type("person 7")
    page.keyboard.press("Enter")
    expect(page.locator("[data-rows] .row")).to_have_count(1)


def test_g_goes(open_page: OpenPage, bob: User) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("g")
    page.keyboard.press("b")
    expect(page).to_have_url(re.compile("/desk/board/$"))
    page.keyboard.press("g")
    page.keyboard.press("i")
    expect(page).to_have_url(re.compile("/desk/$"))


def test_the_help_has_the_switch_and_off_means_off(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.get_by_role("button", name="Switch single-letter shortcuts off").click()
    page.wait_for_load_state()
    bob.refresh_from_db()
    assert not bob.single_keys
    page.goto("/desk/")
    page.keyboard.press("j")
    expect(page.locator("[data-rows] :focus")).to_have_count(0)


def test_enter_in_the_help_closes_it_and_changes_nothing(open_page: OpenPage, bob: User) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("?")
    expect(page.locator("#keys").get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#keys")).to_be_hidden()
    bob.refresh_from_db()
    assert bob.single_keys


def test_no_page_tells_of_keys_that_are_off(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    User.objects.filter(pk=bob.pk).update(single_keys=False)
    page = open_page("/desk/", user=bob)
    page.get_by_role("button", name="Contacted Person 0").focus()
    page.keyboard.press("Enter")
    says(page, "Contact logged.")
    for path in ("/desk/", "/desk/board/", reverse("lead", args=[queue[1].reference])):
        expect(page.locator("kbd:not(.chord):visible, .hints:visible")).to_have_count(0)
        page.goto(path)


@pytest.mark.parametrize("path", ["inbox", "board", "lead"])
def test_c_and_a_slash_work_on_every_page(open_page: OpenPage, bob: User, lead: Lead, path: str) -> None:
    address = reverse(path, args=[lead.reference] if path == "lead" else [])
    page = open_page(address, user=bob)
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("/desk/enquiries/add/$"))
    page.goto(address)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_on_the_board_j_goes_to_a_card_and_m_moves_it(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/board/", user=bob)
    page.keyboard.press("m")
    expect(page.locator(".board-card .name")).to_be_focused()
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    says(page, "Moved to")


def test_escape_leaves_the_note_and_the_search(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page(reverse("lead", args=[lead.reference]), user=bob)
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="Note")).not_to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


def test_what_they_wrote_stands_at_the_leads_own_address(open_page: OpenPage, bob: User) -> None:
    address = reverse("lead", args=[vera_writes().reference])
    page = open_page(address, user=bob)
    page.get_by_role("button", name="Open what they wrote").click()
    expect(page.locator(".story.open")).to_be_visible()
    expect(page).to_have_url(re.compile(f"{address}$"))
    page.reload()
    expect(page.get_by_text("Sealed.")).to_be_visible()


def test_dragging_a_card_moves_it(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/board/", user=bob)
    page.locator(".board-card").drag_to(page.locator('[data-stage="booked"]'))
    says(page, "Moved to Consultation booked.")
    lead.refresh_from_db()
    assert lead.category == "booked"


def test_the_menu_on_a_card_moves_it_without_scripts(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/board/", user=bob, javascript=False)
    page.get_by_text("Move to…").click()
    page.get_by_role("button", name="In treatment").click()
    says(page, "Moved to In treatment.")


def test_without_scripts_a_row_is_still_answered_and_undone(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/", user=bob, javascript=False)
    page.get_by_role("button", name="Contacted Vera Lind").click()
    says(page, "Contact logged.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-rows] .row")).to_have_count(1)


def test_a_key_pressed_twice_is_no_second_contact(open_page: OpenPage, bob: User, queue: list[Lead]) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.press("e")
    says(page, "Contact logged.")
    assert queue[0].events.filter(kind=EventKind.CONTACTED).count() == 1
