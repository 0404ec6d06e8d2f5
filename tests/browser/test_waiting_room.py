"""One key hides who the people are, and two minutes without a hand do it, too."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from leads.models import Lead, User
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right

pytestmark = pytest.mark.django_db(transaction=True)


def test_w_hides_names_and_w_shows_them_again(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("w")
    expect(page.locator("[data-rows] .name")).to_have_text("V. L.")
    page.reload()
    expect(page.locator("[data-rows] .name")).to_have_text("V. L.")
    page.keyboard.press("w")
    expect(page.locator("[data-rows] .name")).to_have_text("Vera Lind")


def test_on_a_leads_page_neither_the_page_nor_its_title_names_them(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page(reverse("lead", args=[lead.reference]), user=bob)
    page.keyboard.press("w")
    expect(page).to_have_title("V. L.")
    assert "Vera" not in page.content()
    page.keyboard.press("i")
    expect(page.locator("#owner")).to_have_value(str(bob.pk))
    assert "Vera" not in page.content()
    page.keyboard.press("w")
    expect(page.locator("h1")).to_have_text("Vera Lind")


def test_after_two_idle_minutes_it_hides_by_itself_and_keeps_what_was_typed(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("about:blank", user=bob)
    page.clock.install()
    page.goto(reverse("lead", args=[lead.reference]))
    page.get_by_role("textbox", name="Note").fill("called back")
    page.clock.run_for(119_000)
    expect(page.locator("h1")).to_be_visible()
    with page.expect_request(re.compile("/desk/waiting-room/$")):
        page.clock.run_for(3_000)
    expect(page.locator("main")).to_be_hidden()
    expect(page).to_have_title("Waiting-room mode")
    page.get_by_role("button", name="Show names").click()
    expect(page.get_by_role("textbox", name="Note")).to_have_value("called back")
    expect(page).to_have_title("Vera Lind")


def test_without_javascript_the_button_does_it(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/", user=bob, javascript=False)
    page.get_by_role("button", name="Hide names").click()
    expect(page.locator("[data-rows] .name")).to_have_text("V. L.")


def test_it_looks_right_while_it_is_on(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("w")
    expect(page.locator("[data-rows] .name")).to_have_text("V. L.")
    for path, shown in (("/desk/", "V. L."), ("/desk/board/", "V. L."), (reverse("lead", args=[lead.reference]), "V. L.")):
        page.goto(path)
        expect(page.locator("body")).to_contain_text(shown)
        assert_looks_right(page)
