"""Cards move by pointer and by keyboard, what happened is said, and it can be undone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from leads.models import Category, Lead, Stage, User
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.cast import make_lead

pytestmark = pytest.mark.django_db(transaction=True)


def stage_of(lead: Lead) -> str:
    lead.refresh_from_db()
    return lead.stage.slug


def on_card(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).focus()


def test_shift_and_an_arrow_move_the_card_and_the_focus_stays_on_it(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/board/", user=bob)
    on_card(page, "Vera Lind")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[data-stage=contacted] .name")).to_be_focused()
    expect(page.locator("#toasts")).to_contain_text("Moved to Contacted.")
    expect(page.locator("body > [role=status]")).to_have_text("Vera Lind: Moved to Contacted.")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[data-stage=booked] .name")).to_be_focused()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("[data-stage=contacted] .name")).to_be_focused()
    assert stage_of(lead) == "contacted"


def test_on_the_first_column_there_is_nothing_to_the_left(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/board/", user=bob)
    on_card(page, "Vera Lind")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("body > [role=status]")).to_have_text("There is no stage on that side.")
    assert stage_of(lead) == "new"


def test_a_dropped_card_says_where_it_is_and_z_takes_it_back(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/board/", user=bob)
    page.locator(".board-card").drag_to(page.locator("[data-stage=booked]"))
    expect(page.locator("#toasts")).to_contain_text("Moved to Consultation booked.")
    page.keyboard.press("z")
    expect(page.locator("[data-stage=new] .board-card")).to_have_count(1)
    assert stage_of(lead) == "new"


def test_a_card_dropped_on_close_asks_why_and_comes_back_to_the_board(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/board/", user=bob)
    page.locator(".board-card").hover()
    page.mouse.down()
    page.mouse.move(600, 300, steps=4)
    expect(page.locator(".closing-zone")).to_be_visible()
    page.locator(".closing-zone").hover()
    page.locator(".closing-zone").hover(position={"x": 30, "y": 30})
    page.mouse.up()
    page.get_by_label("Not in our area").check()
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page).to_have_url(re.compile("/desk/board/$"))
    expect(page.locator("#toasts")).to_contain_text("Closed: Not in our area.")
    assert stage_of(lead) == "closed"


def test_more_cards_come_below_and_the_focus_is_on_the_first_of_them(open_page: OpenPage, bob: User, clinic: object) -> None:
    for number in range(52):
        make_lead(name=f"Person {number}", email=f"{number}@example.com")
    page = open_page("/desk/board/", user=bob)
    page.get_by_role("link", name="Show more").press("Enter")
    expect(page.locator("[data-stage=new] .board-card")).to_have_count(52)
    expect(page.locator("[data-stage=new] .board-card:nth-child(51) .name")).to_be_focused()
    expect(page.get_by_role("link", name="Show more")).to_have_count(0)


def test_what_more_brought_stays_after_a_change(open_page: OpenPage, bob: User, clinic: object) -> None:
    for number in range(52):
        make_lead(name=f"Person {number}", email=f"{number}@example.com")
    page = open_page("/desk/board/", user=bob)
    page.get_by_role("link", name="Show more").press("Enter")
    cards = page.locator("[data-stage=new] .board-card")
    expect(cards).to_have_count(52)
    cards.last.locator(".name").focus()
    page.keyboard.press("d")
    expect(page.locator("#toasts")).to_contain_text("Done for now.")
    expect(cards).to_have_count(52)
    page.keyboard.press("z")
    expect(page.locator("#toasts")).to_contain_text("Undone")
    expect(cards).to_have_count(52)


def test_without_javascript_the_menu_moves(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/board/", user=bob, javascript=False)
    page.get_by_text("Move to…").click()
    page.get_by_role("button", name="Contacted").click()
    expect(page.locator("[data-stage=contacted] .board-card")).to_have_count(1)
    expect(page.locator(".closing-zone")).to_be_hidden()


def test_on_the_last_column_no_key_too_many_closes_a_lead(open_page: OpenPage, bob: User, clinic: object) -> None:
    lead = make_lead(stage=[stage for stage in Stage.objects.known() if stage.category != Category.CLOSED][-1])
    page = open_page("/desk/board/", user=bob)
    on_card(page, "Vera Lind")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("body > [role=status]")).to_have_text("There is no stage on that side.")
    expect(page).to_have_url(re.compile("/desk/board/$"))
    expect(page.get_by_role("link", name="Vera Lind", exact=True)).to_be_focused()
    before = lead.stage.slug
    assert stage_of(lead) == before


def test_the_board_and_the_closing_page_look_right(open_page: OpenPage, bob: User, lead: Lead) -> None:
    assert_looks_right(open_page("/desk/board/", user=bob))
    assert_looks_right(open_page(reverse("lead_closing", args=[lead.reference]), user=bob))


def test_a_long_name_does_not_run_under_the_initials(open_page: OpenPage, bob: User, clinic: object) -> None:
    make_lead(name="Maximiliano Fernández-Villalobos", owner=bob)
    card = open_page("/desk/board/", user=bob).locator(".board-card")
    text = card.locator(".name").evaluate("""(name) => {
      const range = document.createRange();
      range.selectNodeContents(name);
      return Math.max(...[...range.getClientRects()].map((line) => line.right));
    }""")
    initials = card.locator(".initials").bounding_box()
    assert initials is not None
    assert text <= initials["x"]


def test_without_javascript_the_lead_page_leads_to_the_reasons(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page(reverse("lead", args=[lead.reference]), user=bob, javascript=False)
    expect(page.locator("#stage option")).to_have_text(["New", "Contacted", "Consultation booked", "In treatment"])
    page.get_by_role("link", name="Close, and say why").click()
    page.get_by_label("Could not reach them").check()
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Closed: Could not reach them.")
    assert stage_of(lead) == "closed"
