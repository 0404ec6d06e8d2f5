"""A whole morning without a mouse: forty leads of every kind are dealt with from the keyboard, and everything is taken back again.

What a screen reader would say is held beside it: the focus always has the name of a person, and what was done is announced.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from leads.models import Attention, Category, Lead, User
from tests.browser.conftest import OpenPage
from tests.cast import make_lead

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = ("stage_id", "category", "attention", "snoozed_until", "next_action", "due_at", "owner_id", "waiting_since", "read_first")


@dataclass(frozen=True)
class Kind:
    """People of one kind, and what somebody presses for them: two keys at most."""

    name: str
    keys: str
    said: str
    fields: dict[str, Any]


KINDS = (
    Kind("wrote", "e", "Contact logged.", {"waiting_since": timezone.now() - timedelta(hours=2)}),
    Kind("in danger", "e", "Contact logged.", {"read_first": True}),
    Kind("to check on", "d", "Done for now.", {"category": Category.WORKING, "next_action": "check_back"}),
    Kind("busy", "s1", "Snoozed until", {"reply_by": "call", "phone": "+12125550104"}),
    Kind("ready", "m3", "Moved to Consultation booked.", {"category": Category.WORKING, "waiting_since": timezone.now()}),
)
EACH = 8


@pytest.fixture
def morning(db: None) -> list[Lead]:
    now = timezone.now()
    return [
        make_lead(name=f"{kind.name} {n}", email=f"{n}.{place}@example.com", due_at=now + timedelta(minutes=n * 10 + place), **kind.fields)
        for n in range(EACH)
        for place, kind in enumerate(KINDS)
    ]


def state() -> dict[int, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in Lead.objects.values_list("pk", *KEPT)}


def focused(page: Page) -> str:
    """What a screen reader says of the focus: the name of the link, which is the person's."""
    expect(page.locator("[data-rows] .name:focus")).to_have_count(1)
    return page.locator("[data-rows] .name:focus").inner_text()


def deal_with(page: Page, name: str) -> None:
    kind = next(kind for kind in KINDS if name.startswith(kind.name))
    assert len(kind.keys) <= 2
    for key in kind.keys:
        page.keyboard.press(key)
    status = page.get_by_role("status").filter(has_text=kind.said)
    expect(status).to_be_visible()
    expect(page.locator("[data-rows] .name", has_text=name)).to_have_count(0)


def test_forty_leads_without_a_mouse_and_everything_back_again(open_page: OpenPage, bob: User, morning: list[Lead]) -> None:
    before = state()
    page = open_page(reverse("inbox"), user=bob)
    page.keyboard.press("j")
    dealt_with = []
    while page.locator("[data-rows] > .row").count():
        name = focused(page)
        deal_with(page, name)
        dealt_with.append(name)
    assert len(dealt_with) == len(set(dealt_with)) == EACH * len(KINDS)
    assert all(name.startswith("in danger") for name in dealt_with[:EACH]), "whoever may not be safe comes first"
    expect(page.get_by_text("All caught up.")).to_be_visible()
    expect(page.locator("#main")).to_be_focused()
    assert not Lead.objects.filter(attention=Attention.NEEDS_US).exists()

    for number in range(1, len(dealt_with) + 1):
        page.keyboard.press("z")
        expect(page.locator("[data-rows] > .row")).to_have_count(number)
        expect(page.get_by_role("status").filter(has_text="Undone.")).to_be_visible()
        expect(page.locator("[data-rows] .name:focus")).to_have_text(dealt_with[-number])
    assert state() == before


def test_the_page_says_what_it_is_to_who_can_not_see_it(open_page: OpenPage, bob: User, morning: list[Lead]) -> None:
    page = open_page(reverse("inbox"), user=bob)
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")
    for landmark in ("Desk", "Views"):
        expect(page.get_by_role("navigation", name=landmark)).to_have_count(1)
    expect(page.get_by_role("complementary", name="Reading pane")).to_have_count(1)
    expect(page.get_by_role("search")).to_have_count(1)
    row = page.locator("[data-rows] > .row").first
    name = row.get_by_role("link").inner_text()
    for action in (f"Contacted {name}", f"Choose {name}"):
        expect(row.get_by_role("button", name=action).or_(row.get_by_role("checkbox", name=action))).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_have_accessible_name("Move to")
    page.keyboard.press("Escape")
    assert focused(page) == name
