"""Every public page in every state: accessible, within its width, and within its weight."""

import gzip
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone
from playwright.sync_api import Page, Response, Route, expect

from leads.capture import contact, token
from leads.capture.limits import Flooded
from leads.followup.optout import token_of
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.cast import make_lead

pytestmark = pytest.mark.django_db(transaction=True)


def write(page: Page, **typed: str) -> Page:
    for name, text in ({"name": "Vera Lind", "email": "vera@example.com", "message": "How does a visit go?"} | typed).items():
        page.fill(f"#id_{name}", text)
    page.check("#id_consent_reply")
    page.get_by_role("button", name="Send my question").click()
    return page


@pytest.mark.parametrize("path", ["/", "/contact/", "/privacy/", "/contact/sent/x/", "/?lang=es", "/contact/?lang=es"])
def test_a_page(open_page: OpenPage, path: str) -> None:
    assert_looks_right(open_page(path))


def test_the_form_with_mistakes(open_page: OpenPage) -> None:
    page = open_page("/contact/")
    page.get_by_role("button", name="Send my question").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert_looks_right(page)


def test_the_form_with_a_likely_slip(open_page: OpenPage) -> None:
    page = write(open_page("/contact/"), email="vera@gmial.com")
    expect(page.get_by_role("heading", name="Did you mean vera@gmail.com?")).to_be_visible()
    assert_looks_right(page)
    page.get_by_role("button", name="Use vera@gmail.com").click()
    expect(page.get_by_text("v•••@gmail.com")).to_be_visible()


@pytest.mark.parametrize("message", ["How does a visit go?", "I want to end my life."])
def test_the_thank_you_page(open_page: OpenPage, message: str) -> None:
    page = write(open_page("/contact/"), message=message)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your message")
    assert_looks_right(page)


def test_the_second_page_for_who_refers_somebody(open_page: OpenPage) -> None:
    page = open_page("/contact/")
    page.get_by_label("Referring somebody").check()
    write(page)
    assert_looks_right(page)
    page.get_by_role("link", name="Tell us who it is about").click()
    assert_looks_right(page)
    page.get_by_label("Their email address").fill("minna@example.org")
    page.get_by_role("button", name="Add this to my message").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert_looks_right(page)
    page.get_by_label("What should we call them?").fill("Minna")
    page.get_by_label("They know that I am writing to you").check()
    page.get_by_role("button", name="Add this to my message").click()
    expect(page.get_by_text("You told us who it is about.")).to_be_visible()
    assert_looks_right(page)


@pytest.mark.parametrize(("error", "status"), [(Flooded, 429), (OperationalError, 503)])
def test_trouble_of_ours(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, error: Callable[[], Exception], status: int) -> None:
    def fail(**_: object) -> None:
        raise error()

    monkeypatch.setattr(contact, "receive_enquiry", fail)
    page = write(open_page("/contact/", status=status))
    expect(page.locator(".problem")).to_be_focused()
    expect(page.locator("#id_message")).to_have_value("How does a visit go?")
    assert_looks_right(page)


@pytest.mark.parametrize("path", ["/nowhere/", "/stop/guess/"])
def test_an_unknown_address(open_page: OpenPage, path: str) -> None:
    assert_looks_right(open_page(path, status=404))


def test_a_form_that_lay_open_for_longer_than_a_day(open_page: OpenPage) -> None:
    with time_machine.travel(timezone.now() - timedelta(seconds=token.FORM_LIFETIME + 60)):
        old = token.issue()
    page = open_page("/contact/")
    page.locator("[name=token]").evaluate("(field, old) => { field.value = old; }", old)
    write(page)
    expect(page.locator(".problem")).to_be_focused()
    expect(page.locator("#id_message")).to_have_value("How does a visit go?")
    assert_looks_right(page)


def test_more_than_we_can_take_at_once(open_page: OpenPage) -> None:
    page = write(open_page("/contact/", status=413), message="x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    expect(page.get_by_role("heading", level=1)).to_have_text("That is more than we can take at once")
    assert_looks_right(page)


def test_a_wrong_method(open_page: OpenPage) -> None:
    def put(route: Route) -> None:
        route.continue_(method="PUT")

    page = open_page("/robots.txt", status=405)
    page.route("**/contact/", put)
    page.goto("/contact/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This address does something else")
    assert_looks_right(page)


def test_stopping_the_emails(open_page: OpenPage) -> None:
    page = open_page(f"/stop/{token_of(make_lead())}/")
    assert_looks_right(page)
    page.get_by_role("button", name="Stop the emails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The emails have stopped")
    assert_looks_right(page)


@pytest.mark.parametrize(("path", "limit"), [("/", 25), ("/contact/", 20)])
def test_the_weight_of_a_page(open_page: OpenPage, path: str, limit: int) -> None:
    page = open_page("/robots.txt")  # of its own, so that nothing is in the cache yet
    weights: dict[str, int] = {}

    def weigh(response: Response) -> None:
        weights[response.url] = len(gzip.compress(response.body()))

    page.on("response", weigh)
    page.goto(path, wait_until="networkidle")
    assert len(weights) >= 3  # the page and its two sheets
    assert sum(weights.values()) < limit * 1024
