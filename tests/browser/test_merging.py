"""Comparing, merging and parting by keyboard alone; the compare page fits a phone and is right for everybody, light and dark."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from leads.models import Lead, User
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.cast import make_lead

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other(lead: Lead) -> Lead:
    return make_lead(name="Vera Marie Lind", phone="+15550100177", topic="cost")


def test_by_keyboard_two_become_one_and_two_again(open_page: OpenPage, bob: User, lead: Lead, other: Lead) -> None:
    page = open_page(reverse("lead", args=[lead.reference]), user=bob)
    page.get_by_role("link", name="Compare with Vera Marie Lind").press("Enter")
    expect(page.get_by_role("heading", name="Are they one person?")).to_be_visible()
    page.get_by_role("radio", name="The other: Vera Marie Lind").press("ArrowUp")
    page.get_by_role("button", name="Merge", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vera Lind")
    page.get_by_role("button", name="Part them again").press("Enter")
    expect(page.get_by_role("link", name="Compare with Vera Marie Lind")).to_be_visible()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_the_compare_page_is_right_for_everybody(open_page: OpenPage, bob: User, lead: Lead, theme: Any, width: int) -> None:
    otto = make_lead(name="Otto Lind", phone="+15550100177", topic="cost")
    address = f"{reverse('lead_merging', args=[lead.reference])}?with={otto.reference}"
    page = open_page(address, user=bob, theme=theme, width=width)
    assert_looks_right(page)
