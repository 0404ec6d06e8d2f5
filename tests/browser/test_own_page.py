"""A visitor's own page in every state: accessible, within its width, and of use without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from leads.models import Category, Enquiry, Lead, PrivacyRequest, Stage, Suppression, User
from leads.triage.decisions import actions as triage
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.capture.visiting import from_mail, from_thanks
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vera(transactional_db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes(phone="(212) 555-0123").reference)


@pytest.mark.parametrize("query", ["", "?lang=es", "?said=kept", "?said=address"])
def test_it_looks_right(open_page: OpenPage, vera: Lead, query: str) -> None:
    assert_looks_right(open_page(from_mail(vera) + query))


def _late(lead: Lead) -> None:
    Enquiry.objects.update(promise_at="2026-01-05 15:00Z")


def _closed(lead: Lead) -> None:
    triage.change_stage(by=None, lead=lead, stage=Stage.objects.first_of(Category.CLOSED))


@pytest.mark.parametrize("happens", [_late, _closed, lambda lead: triage.mark_contacted(by=None, lead=lead)])
def test_whatever_becomes_of_the_lead(open_page: OpenPage, vera: Lead, happens: Callable[[Lead], Any]) -> None:
    happens(vera)
    assert_looks_right(open_page(from_mail(vera)))


def test_from_the_thank_you_page(open_page: OpenPage, transactional_db: None) -> None:
    assert_looks_right(open_page(from_thanks()))


@pytest.mark.parametrize("lang", ["", "?lang=es"])
def test_how_and_when_to_be_reached(open_page: OpenPage, vera: Lead, lang: str) -> None:
    assert_looks_right(open_page(f"{from_mail(vera)}contact/{lang}"))


def test_an_old_link(open_page: OpenPage, vera: Lead) -> None:
    page = open_page("/my/a:b:c/")
    assert_looks_right(page)
    page.get_by_role("button", name="Send me a fresh link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    assert_looks_right(page)


def test_everything_works_without_javascript(open_page: OpenPage, vera: Lead) -> None:
    page = open_page(from_mail(vera), javascript=False)
    page.get_by_role("button", name="Stop the emails").click()
    expect(page.get_by_role("status")).to_contain_text("The emails have stopped.")
    page.get_by_role("button", name="Ask for a copy").click()
    expect(page.get_by_text("You have asked for a copy.")).to_be_visible()
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("In the morning").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    page.get_by_label("Your message").fill("I want to end my life.")
    page.get_by_role("button", name="Send my message").click()
    expect(page.get_by_role("heading", name="If you are in crisis, get help now")).to_be_visible()
    assert Suppression.objects.exists()
    assert PrivacyRequest.objects.exists()


def test_mistakes_take_the_focus_and_lose_nothing(open_page: OpenPage, vera: Lead) -> None:
    page = open_page(f"{from_mail(vera)}contact/")
    page.get_by_label("Email", exact=True).uncheck()
    page.get_by_label("Phone call").uncheck()
    page.get_by_label("New email address (optional)").fill("vera@")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#id_email")).to_have_value("vera@")
    assert_looks_right(page)


def test_an_empty_message(open_page: OpenPage, vera: Lead) -> None:
    page = open_page(from_mail(vera))
    page.get_by_role("button", name="Send my message").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Write what you would like to add").click()
    expect(page.locator("#id_message")).to_be_focused()
    assert_looks_right(page)


def test_what_is_pressed_is_large_enough(open_page: OpenPage, vera: Lead) -> None:
    for path in (from_mail(vera), f"{from_mail(vera)}contact/"):
        page = open_page(path, width=320)
        small = page.evaluate(
            """() => [...document.querySelectorAll('main .button, .choice')]
                .filter(it => it.getBoundingClientRect().height < 44).map(it => it.outerHTML)"""
        )
        assert small == []


def test_the_desk_shows_what_they_asked(open_page: OpenPage, vera: Lead, bob: User) -> None:
    PrivacyRequest.objects.create(lead=vera, kind="deletion")
    vera.contact_rules.create(channels=["call"], phone="+12125550177", email="vera@new.example")
    page = open_page(f"/desk/leads/{vera.reference}/", user=bob)
    expect(page.get_by_role("heading", name="They asked about their data")).to_be_visible()
    assert_looks_right(page)
