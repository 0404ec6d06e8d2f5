"""A note that somebody typed is saved with whatever they press, and never lost without a word."""

import pytest
from django.urls import reverse
from playwright.sync_api import Dialog, Page, expect

from leads.models import Attention, EventKind, Lead, User
from tests.browser.conftest import OpenPage
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = "Prefers mornings."


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes().reference)


def lead_page(open_page: OpenPage, user: User, lead: Lead, *, javascript: bool = True, status: int | None = None) -> Page:
    page = open_page(reverse("lead", args=[lead.reference]), user=user, javascript=javascript, status=status)
    page.get_by_role("textbox", name="Note").fill(NOTE)
    return page


def notes_of(lead: Lead) -> list[str]:
    return [event.text or "" for event in lead.events.filter(kind=EventKind.NOTE)]


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("button", ["Mark contacted", "Done", "Move", "Assign", "Stop", "Hold", "Save note"])
def test_it_is_saved_with_what_was_pressed(open_page: OpenPage, bob: User, vera: Lead, button: str, javascript: bool) -> None:
    page = lead_page(open_page, bob, vera, javascript=javascript)
    page.get_by_role("button", name=button).first.click()
    expect(page.locator("#toasts")).to_contain_text("Note saved.")
    assert notes_of(vera) == [NOTE]


def test_enter_in_the_day_snoozes_and_presses_nothing_else(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera, status=400)
    page.get_by_text("Snooze", exact=False).first.click()
    page.locator("#snooze-day").fill("2020-01-01")
    page.keyboard.press("Enter")
    expect(page.locator("#note-error")).to_contain_text("Choose a time in the future.")
    expect(page.get_by_role("textbox", name="Note")).to_have_value(NOTE)
    vera.refresh_from_db()
    assert vera.attention == Attention.NEEDS_US


def test_ctrl_enter_saves_it_once(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note")).to_have_text(NOTE)
    assert notes_of(vera) == [NOTE]


def test_undo_takes_the_next_note_along(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    page.get_by_role("button", name="Move").click()
    page.get_by_role("button", name="Hold").click()
    page.get_by_role("textbox", name="Note").fill("And evenings.")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("#toasts")).to_contain_text("Note saved. The hold is released.")
    assert sorted(notes_of(vera)) == ["And evenings.", NOTE]


def test_who_walks_away_is_asked_first_where_it_could_not_be_kept(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = open_page(reverse("lead", args=[vera.reference]), user=bob)
    page.route("**/draft/", lambda route: None)  # never answered
    page.get_by_role("textbox", name="Note").fill(NOTE)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="Inbox").first.click(no_wait_after=True)
    expect(page.get_by_role("textbox", name="Note")).to_have_value(NOTE)
    assert asked == ["beforeunload"]


def test_more_than_fits_is_kept_whole(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera, status=400)
    page.get_by_role("textbox", name="Note").fill("x" * 6000)
    page.get_by_role("button", name="Mark contacted").click()
    expect(page.locator("#note-error")).to_contain_text("Shorten the note")
    expect(page.get_by_role("textbox", name="Note")).to_have_value("x" * 6000)
    vera.refresh_from_db()
    assert vera.attention == Attention.NEEDS_US
