"""The promise in short, by the pages themselves: Vera writes and is thanked, Dana finds her on the desk and moves her on."""

import re
import time
from typing import NamedTuple

from tests import cast
from tests.processes.plain_browser import Page, PlainBrowser

VERA = {"name": "Vera Lind", "email": "vera.lind@example.com", "message": "How does a first visit go?", "consent_reply": "on"}
HUMAN_PAUSE = 3.1  # seconds; who is quicker is taken for a program


class Thanks(NamedTuple):
    page: Page
    reference: str


def vera_writes(url: str) -> Thanks:
    """Sends back what the form holds and what she types; the page that follows."""
    browser = PlainBrowser()
    page = browser.open(f"{url}/contact/")
    time.sleep(HUMAN_PAUSE)
    page = browser.press(page, "Send my question", **VERA)
    found = re.search(r'"reference">([0-9A-Z]{4}-[0-9A-Z]{4})<', page.html)
    return Thanks(page, found[1] if found else "")


def dana_comes_by(link: str) -> PlainBrowser:
    """Whoever has the link signs in with it, says who they are, and stands on the desk."""
    browser = PlainBrowser()
    page = browser.press(browser.open(link), "Sign in")
    assert "Tell us who you are" in page.text
    page = browser.press(page, "Save and continue", name="Dana", email="dana@example.com", password=cast.PASSWORD)
    assert page.url.endswith("/desk/")
    return browser


def dana_moves_her(dana: PlainBrowser, url: str, reference: str, stage: str) -> Page:
    """By the lead page's own form."""
    return dana.press(dana.open(f"{url}/desk/leads/{reference}/"), "Move", stage=stage)


def stage_of(dana: PlainBrowser, url: str, reference: str) -> str:
    return dana.open(f"{url}/desk/leads/{reference}/").fields["work"]["stage"]


def assert_thanked(thanks: Thanks) -> None:
    assert thanks.page.statuses == [303, 200]
    assert "/contact/sent/" in thanks.page.url
    assert thanks.reference
    assert "A person will answer you by" in thanks.page.text
