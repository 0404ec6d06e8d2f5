"""The booking panel in a browser: accessible, within its width, by keyboard and without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from leads.models import Attention, Booking, BookingKind, ContactRule, Lead, User
from leads.triage.bookings.bookings import book
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.capture.visiting import from_mail
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vera(transactional_db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes(phone="(212) 555-0123").reference)


def lead_page(open_page: OpenPage, user: User, lead: Lead, *, javascript: bool = True) -> Page:
    return open_page(reverse("lead", args=[lead.reference]), user=user, javascript=javascript)


def in_days(days: int) -> str:
    return (timezone.now() + timedelta(days=days)).date().isoformat()


def book_something(lead: Lead, by: User) -> None:
    """At an hour against which everything speaks."""
    ContactRule.objects.create(lead=lead, used_at=timezone.now(), channels=["email"], times=["morning"])
    Lead.objects.update(time_zone="America/Chicago")
    lead.refresh_from_db()
    at = (timezone.now() + timedelta(days=9)).replace(hour=23, minute=30)
    book(by=by, lead=lead, kind=BookingKind.CALL, starts_at=at, minutes=45, note="Asks for Kim. " * 9 + "x" * 90)


def test_it_looks_right_empty_and_open(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    assert_looks_right(page)
    page.get_by_text("Book a time").click()
    assert_looks_right(page)


def test_it_looks_right_with_something_booked(open_page: OpenPage, bob: User, vera: Lead) -> None:
    book_something(vera, bob)
    page = lead_page(open_page, bob, vera)
    for summary in page.locator(".bookings summary").all():
        summary.click()
    assert_looks_right(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_time_is_booked_moved_and_cancelled(open_page: OpenPage, bob: User, vera: Lead, javascript: bool) -> None:
    page = lead_page(open_page, bob, vera, javascript=javascript)
    page.get_by_text("Book a time").click()
    page.get_by_label("Day").fill(in_days(9))
    page.get_by_label("Time", exact=True).fill("14:00")
    page.get_by_role("textbox", name="Note", exact=True).fill("They called.")
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Note saved. Booked: ")
    page.locator(".booked summary").first.click()
    page.get_by_label("Time", exact=True).first.fill("15:30")
    page.get_by_role("button", name="Move it").click()
    expect(page.locator("#toasts")).to_contain_text("3:30 p.m.")
    page.locator(".booked summary").last.click()
    page.get_by_role("button", name="Cancel it").click()
    expect(page.get_by_text("Nothing is booked.")).to_be_visible()
    assert Booking.objects.get().cancelled_at


def test_by_keyboard_enter_in_a_box_books_and_presses_nothing_else(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    page.get_by_text("Book a time").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Time", exact=True).fill("14:00")
    page.get_by_label("Day").fill(in_days(9))
    page.get_by_label("Minutes").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".booked")).to_contain_text("Call, 30 minutes")
    vera.refresh_from_db()
    assert vera.attention == Attention.NEEDS_US


def test_a_mistake_loses_nothing(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    page.get_by_text("Book a time").click()
    page.get_by_label("Note for colleagues").fill("Asks for Kim.")
    page.get_by_label("Day").fill("2020-01-01")
    page.get_by_label("Time", exact=True).fill("14:00")
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Choose a day within the next two years.")
    expect(page.get_by_label("Note for colleagues")).to_have_value("Asks for Kim.")
    expect(page.get_by_label("Time", exact=True)).to_have_value("14:00")
    assert_looks_right(page)


@pytest.mark.parametrize("lang", ["", "?lang=es"])
def test_their_own_page_with_a_time(open_page: OpenPage, bob: User, vera: Lead, lang: str) -> None:
    book_something(vera, bob)
    assert_looks_right(open_page(from_mail(vera) + lang))
