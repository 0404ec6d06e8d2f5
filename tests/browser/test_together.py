"""Two colleagues on one lead, each in a browser: they see each other, nobody's text is lost, and nobody is answered twice."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from leads.models import Draft, EventKind, Lead, StaffMail, User
from tests.browser.conftest import OpenPage
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = "Prefers mornings."
WITHIN = 20_000  # milliseconds


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes().reference)


def lead_page(open_page: OpenPage, user: User, lead: Lead, **how: object) -> Page:
    return open_page(reverse("lead", args=[lead.reference]), user=user, **how)


def test_they_see_each_other_come_write_and_go(open_page: OpenPage, alice: User, bob: User, vera: Lead) -> None:
    hers, his = lead_page(open_page, alice, vera), lead_page(open_page, bob, vera)
    others = his.locator("[data-presence]")
    expect(others).to_contain_text("Alice is here", timeout=WITHIN)
    hers.get_by_role("textbox", name="Note").press_sequentially("Pre")
    expect(others).to_contain_text("Alice is writing", timeout=WITHIN)
    hers.goto(reverse("board"))
    expect(others).not_to_contain_text("Alice", timeout=WITHIN)


def test_bob_is_told_what_alice_decided(open_page: OpenPage, alice: User, bob: User, vera: Lead) -> None:
    his, hers = lead_page(open_page, bob, vera), lead_page(open_page, alice, vera)
    hers.get_by_role("button", name="Mark contacted").click()
    expect(his.locator("[data-presence]")).to_contain_text("Alice", timeout=WITHIN)
    expect(his.locator(".news")).to_contain_text("Contact logged", timeout=WITHIN)


def test_both_write_an_email_and_neither_is_lost(open_page: OpenPage, alice: User, bob: User, vera: Lead) -> None:
    his, hers = lead_page(open_page, bob, vera, status=400), lead_page(open_page, alice, vera)
    for page, text in ((his, "Dear Vera, from Bob"), (hers, "Dear Vera, from Alice")):
        page.get_by_text("Email", exact=True).first.click()
        page.get_by_label("Email to").fill(text)
    hers.get_by_role("button", name="Send", exact=True).click()
    expect(hers.locator("#toasts")).to_contain_text("leaves in ten seconds")
    his.get_by_role("button", name="Send", exact=True).click()
    expect(his.locator("#mail-error")).to_contain_text("Alice")
    expect(his.get_by_label("Email to")).to_have_value("Dear Vera, from Bob")
    assert StaffMail.objects.count() == 1


def test_what_is_typed_survives_a_closed_tab(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    page.get_by_role("textbox", name="Note").fill(NOTE)
    expect(page.locator("[data-draft]")).to_have_text("Kept as a draft.")
    page.close()
    again = lead_page(open_page, bob, vera)
    expect(again.get_by_role("textbox", name="Note")).to_have_value(NOTE)
    again.get_by_role("button", name="Throw it away").click()
    expect(again.get_by_role("textbox", name="Note")).to_have_value("")
    assert not Draft.objects.exists()


def test_once_it_is_saved_no_draft_comes_back(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    page.get_by_role("textbox", name="Note").fill(NOTE)
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".note")).to_have_text(NOTE)
    expect(page.get_by_role("textbox", name="Note")).to_have_value("")
    assert vera.events.filter(kind=EventKind.NOTE).count() == 1
    assert not Draft.objects.exists()


def test_what_is_kept_keeps_nobody_on_the_page(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    page.get_by_role("textbox", name="Note").fill(NOTE)
    expect(page.locator("[data-draft]")).to_have_text("Kept as a draft.")
    page.get_by_role("link", name="Inbox").first.click()
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
