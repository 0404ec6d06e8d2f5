"""“@” in a note offers colleagues: by keyboard, by mouse, to screen readers, and without JavaScript by hand."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from leads.models import EventKind, Lead, Notice, NoticeKind, Role, User
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes().reference)


@pytest.fixture(autouse=True)
def names(bob: User) -> None:
    bob.name = "Bob Lee"
    bob.save()
    for name in ("Alice Moreno", "Zoë Alonso", "O’Neil <b>Ann</b>"):
        User.objects.create_user(f"{name[0].lower()}.{len(name)}@example.com", name=name, role=Role.MANAGER)


def note_page(open_page: OpenPage, bob: User, vera: Lead, *, javascript: bool = True) -> Page:
    page = open_page(reverse("lead", args=[vera.reference]), user=bob, javascript=javascript)
    page.get_by_role("textbox", name="Note").focus()
    return page


def offered(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Colleagues")


def notes_of(lead: Lead) -> list[str]:
    return [event.text or "" for event in lead.events.filter(kind=EventKind.NOTE)]


def test_typing_chooses_and_enter_takes(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = note_page(open_page, bob, vera)
    box, options = page.get_by_role("textbox", name="Note"), offered(page).get_by_role("option")
    page.keyboard.type("Ask @")
    expect(offered(page)).to_be_visible()
    expect(options).to_have_text(["Alice Moreno", "O’Neil <b>Ann</b>", "Zoë Alonso"])  # oneself is not offered
    page.keyboard.type("al")
    expect(options).to_have_text(["Alice Moreno", "Zoë Alonso"])
    page.keyboard.press("Enter")
    expect(box).to_have_value("Ask @Alice Moreno ")
    expect(box).to_be_focused()
    page.keyboard.type("to call.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note .mention")).to_have_text("@Alice Moreno")
    assert notes_of(vera) == ["Ask @Alice Moreno to call."]
    assert Notice.objects.get(kind=NoticeKind.MENTIONED).user.name == "Alice Moreno"
    assert_looks_right(page)


def test_a_screen_reader_is_told_what_is_offered_and_which_one_is_chosen(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = note_page(open_page, bob, vera)
    box = page.get_by_role("textbox", name="Note")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    page.keyboard.type("@")
    expect(page.get_by_role("status").filter(has_text="3 colleagues.")).to_have_count(1)
    for key, number in (("ArrowDown", 2), ("ArrowDown", 3), ("ArrowDown", 1), ("ArrowUp", 3)):
        page.keyboard.press(key)
        chosen = offered(page).get_by_role("option", selected=True)
        expect(chosen).to_have_count(1)
        expect(chosen).to_have_id(f"mentionable-{number}")
        expect(box).to_have_attribute("aria-activedescendant", f"mentionable-{number}")
    assert_looks_right(page)
    page.keyboard.press("Tab")
    expect(box).to_have_value("@Zoë Alonso ")
    expect(box).to_be_focused()
    expect(box).not_to_have_attribute("aria-activedescendant", "mentionable-3")


def test_escape_closes_until_the_next_at_and_loses_nothing(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = note_page(open_page, bob, vera)
    box, listbox = page.get_by_role("textbox", name="Note"), offered(page)
    page.keyboard.type("@A")
    page.keyboard.press("Escape")
    expect(listbox).to_be_hidden()
    expect(box).to_be_focused()
    page.keyboard.type("l")
    expect(listbox).to_be_hidden()
    page.keyboard.press("Enter")
    page.keyboard.type("@")
    expect(listbox).to_be_visible()
    page.keyboard.press("Backspace")
    expect(listbox).to_be_hidden()
    expect(box).to_have_value("@Al\n")


@pytest.mark.parametrize("typed", ["luk", "LUKA", "Łuk", "ipe", "İp", "i\u0307pek s\u0327a"])
def test_a_name_is_offered_with_and_without_its_accents(open_page: OpenPage, bob: User, vera: Lead, typed: str) -> None:
    for number, name in enumerate(("Łukasz Nowak", "İpek Şahin")):
        User.objects.create_user(f"{number}@example.com", name=name, role=Role.MANAGER)
    page = note_page(open_page, bob, vera)
    page.keyboard.type(f"@{typed}")
    expect(offered(page).get_by_role("option")).to_have_text(["Łukasz Nowak" if "u" in typed.lower() else "İpek Şahin"])


@pytest.mark.parametrize("text", ["vera@", "10 @ the desk", "@Nobodyhere", "@Alice Moreno has"])
def test_other_signs_offer_nothing_and_enter_is_a_line(open_page: OpenPage, bob: User, vera: Lead, text: str) -> None:
    page = note_page(open_page, bob, vera)
    page.keyboard.type(text)
    expect(offered(page)).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Note")).to_have_value(f"{text}\n")


def test_a_click_takes_a_name_whatever_is_in_it(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = note_page(open_page, bob, vera)
    page.keyboard.type("For @O")
    offered(page).get_by_role("option", name="O’Neil <b>Ann</b>").click()
    expect(page.get_by_role("textbox", name="Note")).to_have_value("For @O’Neil <b>Ann</b> ")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".note .mention")).to_have_text("@O’Neil <b>Ann</b>")


def test_without_javascript_a_name_is_typed_by_hand(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = note_page(open_page, bob, vera, javascript=False)
    page.keyboard.type("@Alice, can you call?")
    expect(offered(page)).to_be_hidden()
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".note .mention")).to_have_text("@Alice")
