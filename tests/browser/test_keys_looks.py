"""What the keyboard opens, and the pages about many leads: axe in both themes, narrow and wide."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from leads.models import BulkChange, BulkState, ItemState, User
from leads.triage.decisions.actions import mark_done
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.cast import make_lead

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Maximiliano Fernández-Villalobos de la Torre y Hohenstaufen-Donaudampfschifffahrtsgesellschaft"


@pytest.mark.parametrize("key", ["s", "a", "m", "?", "Control+k"])
def test_dialogs(open_page: OpenPage, bob: User, key: str) -> None:
    make_lead(name=LONG)
    page = open_page("/desk/", user=bob)
    page.keyboard.press("j")
    page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_be_visible()
    assert_looks_right(page)


def test_the_palette_with_people_and_with_nothing(open_page: OpenPage, bob: User) -> None:
    make_lead(name=LONG)
    page = open_page("/desk/", user=bob)
    page.keyboard.press("Control+k")
    page.keyboard.type("maxi")
    expect(page.locator("#palette").get_by_role("option", name=LONG)).to_be_visible()
    assert_looks_right(page)
    page.keyboard.type("zzz")
    expect(page.get_by_text("Nothing found. Names")).to_be_visible()
    assert_looks_right(page)


def test_the_bar_for_many(open_page: OpenPage, bob: User) -> None:
    make_lead(name=LONG)
    page = open_page("/desk/", user=bob)
    page.get_by_label(f"Choose {LONG}").check()
    assert_looks_right(page)


def test_recent_changes(open_page: OpenPage, bob: User) -> None:
    assert_looks_right(open_page("/desk/changes/", user=bob))
    mark_done(by=bob, lead=make_lead(name=LONG))
    assert_looks_right(open_page("/desk/changes/", user=bob))


@pytest.mark.parametrize("state", ["working", "done", "undone"])
def test_a_change_of_many(open_page: OpenPage, bob: User, state: str) -> None:
    ended = None if state == BulkState.WORKING else timezone.now()
    bulk = BulkChange.objects.create(by=bob, action="done", state=state, total=30, changed=29, refused=1, finished_at=ended)
    bulk.items.create(lead=make_lead(name=LONG), state=ItemState.REFUSED, reason="This lead is closed. Move it to another stage first.")
    assert_looks_right(open_page(f"/desk/bulk/{bulk.pk}/", user=bob))


def test_how_many_match(open_page: OpenPage, bob: User) -> None:
    make_lead(name=LONG)
    page = open_page("/desk/", user=bob)
    page.get_by_label(f"Choose {LONG}").check()
    page.get_by_label("All that match, on every page").check()
    page.get_by_role("button", name="Done", exact=True).click()
    expect(page.get_by_text("1 lead matches.")).to_be_visible()
    assert_looks_right(page)
