"""Every public page in every state: accessible, within its width, and within its weight."""

import gzip
from collections.abc import Callable

import pytest
from django.db import OperationalError
from playwright.sync_api import Page, Response, expect

from leads.capture import contact
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


@pytest.mark.parametrize(("error", "status"), [(Flooded, 429), (OperationalError, 503)])
def test_trouble_of_ours(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, error: Callable[[], Exception], status: int) -> None:
    def fail(**_: object) -> None:
        raise error()

    monkeypatch.setattr(contact, "receive_enquiry", fail)
    page = write(open_page("/contact/", status=status))
    expect(page.locator(".problem")).to_be_focused()
    expect(page.locator("#id_message")).to_have_value("How does a visit go?")
    assert_looks_right(page)


def test_an_unknown_address(open_page: OpenPage) -> None:
    assert_looks_right(open_page("/nowhere/", status=404))


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
