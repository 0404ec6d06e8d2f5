"""Three people are called with one key each."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from leads.models import EventKind, User
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.cast import make_lead

pytestmark = pytest.mark.django_db(transaction=True)


def test_calls_from_the_keyboard(open_page: OpenPage, bob: User, clinic: object) -> None:
    now = timezone.now()
    leads = [
        make_lead(name=f"Person {n}", email=f"{n}@example.com", phone="+15550100177", reply_by="call", due_at=now + timedelta(minutes=n))
        for n in range(3)
    ]
    page = open_page("/desk/calls/", user=bob)
    page.keyboard.press("1")
    expect(page.locator("h2").first).to_have_text("Person 0")
    page.get_by_role("textbox", name="Note").fill("rang at 3")  # a digit in a note is a digit
    page.keyboard.press("Tab")
    page.keyboard.press("1")
    expect(page.locator("h2").first).to_have_text("Person 1")
    page.keyboard.press("3")
    expect(page.locator("h2").first).to_have_text("Person 2")
    page.keyboard.press("0")
    expect(page.locator("main")).to_contain_text("Spoke to them: 1")
    assert [lead.events.filter(kind=EventKind.CALLED).count() for lead in leads] == [1, 1, 0]


def test_it_looks_right_with_nobody_to_call_and_with_one(open_page: OpenPage, bob: User, clinic: object) -> None:
    page = open_page("/desk/calls/", user=bob)
    assert_looks_right(page)
    make_lead(phone="+15550100177", reply_by="call", topic="cost")
    page.reload()
    assert_looks_right(page)
    page.keyboard.press("1")
    expect(page.locator("h2").first).to_have_text("Vera Lind")
    assert_looks_right(page)
