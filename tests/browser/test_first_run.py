"""The first morning: the checklist leads through what has to be set, and ticks itself off."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from leads.clinic.examples import add_examples
from leads.followup.crew import deliver_due
from leads.models import Accent, Clinic, Role, User
from tests import cast
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dana(db: None) -> User:
    return User.objects.create_user("dana@example.com", cast.PASSWORD, name="Dana", role=Role.ADMINISTRATOR, last_login=timezone.now())


def follow(page: Page, task: str) -> None:
    page.goto(reverse("inbox"))
    page.get_by_role("link", name=task).click()


def done(page: Page, number: int) -> None:
    page.goto(reverse("inbox"))
    expect(page.locator(".first-run")).to_contain_text(f"{number} of 5 done")


def test_dana_goes_down_the_list(open_page: OpenPage, dana: User, clinic: Clinic) -> None:
    page = open_page(reverse("inbox"), user=dana)
    assert_looks_right(page)
    follow(page, "Say when you are open")
    page.get_by_label("Sunday").fill("10-12")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    follow(page, "Confirm the crisis numbers")
    page.get_by_role("button", name="Save").click()
    done(page, 2)
    follow(page, "Send yourself a test email")
    page.get_by_role("button", name="Send a test email").click()
    expect(page.locator("#test")).to_contain_text("on its way")
    deliver_due()
    expect(page.locator("#test")).to_contain_text("after you pressed the button")
    done(page, 3)


def test_examples_come_and_go(open_page: OpenPage, dana: User, clinic: Clinic) -> None:
    page = open_page(reverse("inbox"), user=dana)
    page.get_by_role("button", name="Show example enquiries").click()
    expect(page.get_by_role("link", name="Ada (example)")).to_be_visible()
    assert_looks_right(page)
    page.get_by_role("button", name="Remove the examples").click()
    expect(page.get_by_role("link", name="Ada (example)")).to_have_count(0)
    page.get_by_role("button", name="Hide this list").click()
    expect(page.locator(".first-run")).to_have_count(0)


def test_an_example_says_that_it_is_one_wherever_it_is(open_page: OpenPage, dana: User, clinic: Clinic) -> None:
    add_examples(by=dana)
    page = open_page(reverse("board"), user=dana)
    expect(page.get_by_role("link", name="Ada (example)")).to_be_visible()


@pytest.mark.parametrize("accent", Accent.values)
def test_every_colour_can_be_read(open_page: OpenPage, clinic: Clinic, accent: str) -> None:
    Clinic.objects.update(accent=accent)
    for name in ("home", "contact"):
        assert_looks_right(open_page(reverse(name)), widths=(390,))
