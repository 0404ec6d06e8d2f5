"""Whatever opens over the desk closes with Escape, and the focus is then on what opened it, or where it was.

A detail that is being changed closes in its place: test_fields.py.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from leads.models import Lead, User
from leads.triage.lists.saved_views import save_view
from tests.browser.conftest import OpenPage
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = {"a row": ("inbox", "[data-rows] .name"), "a card": ("board", ".board-card .name"), "a lead's page": ("lead", ".lead-head .back")}
KEYS = {"s": "Snooze", "a": "Assign", "m": "Move", "?": "Keyboard shortcuts", "Control+k": "Find a person"}


@pytest.fixture
def vera(transactional_db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes().reference)


def address(name: str, lead: Lead) -> str:
    return reverse(name, args=[lead.reference] if name == "lead" else [])


def closes(page: Page, opened: Locator, back: Locator) -> None:
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(back).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_menu_closes_and_its_button_has_the_focus(open_page: OpenPage, alice: User, vera: Lead, width: int) -> None:
    view = save_view(by=alice, name="Costs", shared=True, query="view=needs_us")
    page = open_page(reverse("inbox"), user=alice, width=width)
    found = 0
    edit = reverse("followups_edit_step", args=["after-enquiry", 1])
    for path in (reverse("saved_view", args=[view.slug]), address("board", vera), address("lead", vera), edit):
        page.goto(path)
        for button in page.locator("details.menu > summary:visible").all():
            for inside in (False, True):
                button.press("Enter")
                expect(page.locator("details.menu[open]")).to_have_count(1)
                if inside:
                    page.keyboard.press("Tab")
                closes(page, page.locator("details.menu[open]"), button)
            found += 1
    assert found >= 5


@pytest.mark.parametrize("place", PLACES)
def test_a_dialog_closes_and_the_focus_is_where_it_was(open_page: OpenPage, bob: User, vera: Lead, place: str) -> None:
    name, origin = PLACES[place]
    page = open_page(address(name, vera), user=bob)
    for key, title in KEYS.items():
        page.locator(origin).focus()
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name=title)).to_be_visible()
        closes(page, page.locator("dialog[open]"), page.locator(origin))


def test_the_palette_goes_back_to_the_button_that_opened_it(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = open_page(reverse("inbox"), user=bob)
    button = page.locator("[data-open-palette]:visible").first
    button.press("Enter")
    page.keyboard.type("ver")
    closes(page, page.locator("dialog[open]"), button)


def test_the_names_after_an_at_sign_close_and_the_note_goes_on(open_page: OpenPage, bob: User, alice: User, vera: Lead) -> None:
    page = open_page(address("lead", vera), user=bob)
    page.get_by_role("textbox", name="Note").focus()
    page.keyboard.type("@")
    expect(page.locator("#mentionable")).to_be_visible()
    closes(page, page.locator("#mentionable:visible"), page.get_by_role("textbox", name="Note"))


def test_who_is_still_there_goes_on_where_they_were(open_page: OpenPage, transactional_db: None, charlie: User) -> None:
    page = open_page(reverse("profile"), user=charlie)
    page.clock.install()
    page.reload()
    page.get_by_label("Your name").focus()
    page.clock.run_for(12 * 60_000 + 10_000)
    expect(page.locator("#idle")).to_be_visible()
    closes(page, page.locator("dialog[open]"), page.get_by_label("Your name"))
