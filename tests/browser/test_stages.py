"""Settings, Stages and reasons: they look right, Enter saves, and the buttons move a row without JavaScript, too."""

import pytest
from playwright.sync_api import expect

from leads.models import Category, Stage, User
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("path", ["stages/", "reasons/", "stages/contacted/remove/", "stages/papers/remove/"])
def test_they_look_right(open_page: OpenPage, alice: User, clinic: object, path: str) -> None:
    Stage.objects.create(slug="papers", name="Waits for papers", category=Category.WORKING, position=9)
    assert_looks_right(open_page(f"/desk/settings/{path}", user=alice))


def test_a_mistake_looks_right_and_leads_to_its_field(open_page: OpenPage, alice: User, clinic: object) -> None:
    page = open_page("/desk/settings/stages/", user=alice)
    page.get_by_label("Name").first.fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Give each one a name").click()
    expect(page.get_by_label("Name").first).to_be_focused()
    assert_looks_right(page)


def test_enter_in_a_name_saves_and_moves_nothing(open_page: OpenPage, alice: User, clinic: object) -> None:
    page = open_page("/desk/settings/stages/", user=alice)
    page.get_by_label("Name").nth(1).fill("In touch")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator("h2 .chip").nth(1)).to_have_text("In touch")


def test_a_button_moves_a_stage_without_javascript(open_page: OpenPage, alice: User, clinic: object) -> None:
    page = open_page("/desk/settings/stages/", user=alice, javascript=False)
    page.get_by_role("button", name="Down – New").click()
    expect(page.locator("h2 .chip").nth(0)).to_have_text("Contacted")
    expect(page.locator("h2 .chip").nth(1)).to_have_text("New")
