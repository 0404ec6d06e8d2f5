"""A visitor at the keyboard, without JavaScript, and in a crisis."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from leads.models import Lead
from tests.browser.conftest import OpenPage
from tests.browser.test_public_pages import write

pytestmark = pytest.mark.django_db(transaction=True)


def focused(page: Page) -> str:
    """The accessible text of what has the focus: its label, or what it says."""
    text: str = page.evaluate(
        """() => {
            const it = document.activeElement;
            return ((it.labels && it.labels[0] ? it.labels[0].innerText : it.innerText) || it.id).trim();
        }"""
    )
    return text


def test_it_works_without_javascript(open_page: OpenPage) -> None:
    page = write(open_page("/contact/", javascript=False), name="")
    expect(page.get_by_text("There is a problem")).to_be_visible()
    expect(page.locator("#id_message")).to_have_value("How does a visit go?")
    page = write(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your message")
    assert Lead.objects.count() == 1


def test_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/contact/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    order: list[str] = []
    while not order or order[-1] != "Send my question":
        page.keyboard.press("Tab")
        order.append(focused(page))
    assert order == [
        "call 911",
        "call",
        "text 988",
        "What should we call you?",
        "Email address",
        "Phone number",
        "Email",
        "You can leave a voicemail",
        "How it works",
        "Your message (optional)",
        "You can use these details to reply to me.",
        "Send me up to 3 follow-up emails. I can stop any time.",
        "Send my question",
    ]
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_be_focused()
    page.keyboard.type("Vera Lind")
    page.keyboard.press("Tab")
    page.keyboard.type("vera@example.com")
    page.locator("#id_consent_reply").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your message")


@pytest.mark.parametrize("field", ["#id_name", "#id_email", "#id_phone"])
def test_enter_takes_no_other_address_than_the_one_typed(open_page: OpenPage, field: str) -> None:
    page = write(open_page("/contact/"), email="vera@gmial.com")
    expect(page.get_by_role("button", name="Use vera@gmail.com")).to_be_visible()
    page.locator("#id_consent_reply").check()
    page.locator(field).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your message")
    assert Lead.objects.get().email == "vera@gmial.com"


def test_the_focus_is_never_hidden(open_page: OpenPage) -> None:
    page = open_page("/", width=320)
    for _ in range(14):
        page.keyboard.press("Tab")
        assert page.evaluate(
            """() => {
                const box = document.activeElement.getBoundingClientRect();
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return document.activeElement.contains(top) || document.activeElement === document.body;
            }"""
        )


def test_what_is_pressed_is_large_enough(open_page: OpenPage) -> None:
    page = open_page("/contact/", width=320)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.button, .choice, .site-name, footer a, .field input:not([type=radio], [type=checkbox])')]
            .filter(it => it.getBoundingClientRect().height < 44).map(it => it.outerHTML)"""
    )
    assert small == []


def test_nothing_is_cut_off_at_twice_the_size(open_page: OpenPage) -> None:
    page = open_page("/contact/", width=640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_for_whoever_asked_for_less(open_page: OpenPage, motion: Any, moves: bool) -> None:
    page = open_page("/contact/")
    page.emulate_media(reduced_motion=motion)
    moving = """() => [...document.querySelectorAll("*")].map(it => getComputedStyle(it))
        .some(style => style.animationName !== "none" || style.transitionDuration.split(", ").some(time => time !== "0s"))"""
    assert page.evaluate(moving) == moves


def test_the_trap_is_out_of_everybodys_way(open_page: OpenPage) -> None:
    page = open_page("/contact/")
    assert page.locator("#id_website").get_attribute("tabindex") == "-1"
    expect(page.get_by_role("textbox", name="Leave this empty")).to_have_count(0)


def test_no_cookie_is_set_and_nothing_is_stored(open_page: OpenPage) -> None:
    page = write(open_page("/contact/"))
    for path in ("/", "/privacy/"):
        page.goto(path)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
