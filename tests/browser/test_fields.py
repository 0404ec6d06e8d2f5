"""Details, fields and tags changed in place: with the keyboard, by two people at once, and without JavaScript."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from leads.models import Lead, LeadTag, Tag, User
from leads.triage.details.lead_details import change_detail
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.cast import vera_writes
from tests.triage.made_fields import one_of_each

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = "Prefers mornings."


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes().reference)


def lead_page(open_page: OpenPage, user: User, lead: Lead, *, javascript: bool = True, status: int | None = None) -> Page:
    return open_page(reverse("lead", args=[lead.reference]), user=user, javascript=javascript, status=status)


def change(page: Page, what: str) -> None:
    page.get_by_role("link", name=f"Change {what}").press("Enter")


def test_a_name_is_changed_with_the_keyboard_and_a_typed_note_stays(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    page.get_by_role("textbox", name="Note").fill(NOTE)
    change(page, "Name")
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Vera Lindgren")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Name changed.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vera Lindgren")
    expect(page.get_by_role("link", name="Change Name")).to_be_focused()
    expect(page.locator("#timeline")).to_contain_text("Vera Lind → Vera Lindgren")
    expect(page.get_by_role("textbox", name="Note")).to_have_value(NOTE)
    page.keyboard.press("z")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vera Lind")


def test_escape_leaves_it_as_it_was(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    change(page, "Phone")
    page.locator("#value-phone").fill("555 010 0123")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Change Phone")).to_be_focused()
    vera.refresh_from_db()
    assert vera.phone == ""


def test_a_mistake_is_told_in_place(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera, status=400)
    change(page, "Email")
    page.locator("#value-email").fill("vera@")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("in the correct format")
    expect(page.locator("#value-email")).to_have_value("vera@")
    expect(page.locator("#value-email")).to_be_focused()


@pytest.mark.parametrize("mine", [True, False])
def test_two_people_change_the_same(open_page: OpenPage, bob: User, alice: User, vera: Lead, mine: bool) -> None:
    page = lead_page(open_page, bob, vera)
    change(page, "Name")
    expect(page.locator("#value-name")).to_be_focused()
    change_detail(by=alice, lead=vera, field="name", value="Vera Lindgren")
    page.locator("#value-name").fill("Vera Lindh")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Alice changed it to “Vera Lindgren” while you typed")
    expect(page.locator("#value-name")).to_have_value("Vera Lindh")
    if mine:
        page.get_by_role("button", name="Save mine").click()
    else:
        page.get_by_role("link", name="Keep theirs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vera Lindh" if mine else "Vera Lindgren")
    expect(page.get_by_role("link", name="Change Name")).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_field_of_the_clinic_is_filled(open_page: OpenPage, bob: User, vera: Lead, javascript: bool) -> None:
    one_of_each()
    page = lead_page(open_page, bob, vera, javascript=javascript)
    page.get_by_role("link", name="Change Our choice").click()
    page.get_by_label("Our choice").select_option("Cigna")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Our choice changed.")
    expect(page.locator("#detail-f-choice")).to_contain_text("Cigna")


@pytest.mark.parametrize("javascript", [True, False])
def test_tags_are_put_on_and_taken_off(open_page: OpenPage, bob: User, vera: Lead, javascript: bool) -> None:
    Tag.objects.create(name="VIP")
    page = lead_page(open_page, bob, vera, javascript=javascript)
    page.get_by_label("Add a tag").fill("vip")
    if javascript:
        page.keyboard.press("Enter")
        expect(page.get_by_label("Add a tag")).to_be_focused()
    else:
        page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Tagged “VIP”.")
    page.get_by_role("button", name="Take off VIP").click()
    expect(page.locator("#toasts")).to_contain_text("Took off “VIP”.")
    expect(page.get_by_role("button", name="Take off VIP")).to_have_count(0)


def test_a_tag_takes_no_note_along_and_loses_none(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    page.get_by_role("textbox", name="Note").fill(NOTE)
    page.get_by_label("Add a tag").fill("Evenings")
    page.keyboard.press("Enter")
    expect(page.locator("#tags")).to_contain_text("Evenings")
    expect(page.get_by_role("textbox", name="Note")).to_have_value(NOTE)
    assert not vera.events.filter(kind="note").exists()


def test_what_they_wrote_stays_open_while_details_are_corrected(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    page.get_by_role("button", name=re.compile("^Open")).first.click()
    expect(page.locator(".story.open")).to_be_visible()
    change(page, "Phone")
    page.locator("#value-phone").fill("212 555 0104")
    page.keyboard.press("Enter")
    expect(page.locator("#detail-phone")).to_contain_text("+1 212-555-0104")
    expect(page.locator(".story.open")).to_be_visible()


def test_the_lead_page_looks_right_while_it_is_changed(open_page: OpenPage, bob: User, vera: Lead) -> None:
    one_of_each()
    LeadTag.objects.create(lead=vera, tag=Tag.objects.create(name="Waits for papers", tone="warn"))
    page = lead_page(open_page, bob, vera)
    change(page, "Our choice")
    expect(page.get_by_label("Our choice")).to_be_focused()
    change(page, "Time zone")
    expect(page.locator("#value-time_zone")).to_be_focused()
    assert_looks_right(page)


@pytest.mark.parametrize("page_of", ["tags", "fields"])
def test_the_settings_look_right(open_page: OpenPage, alice: User, page_of: str) -> None:
    fields, tag = one_of_each(), Tag.objects.create(name="VIP", tone="ok")
    Tag.objects.create(name="Waits for papers", tone="warn")
    chosen = f"?tag={tag.pk}" if page_of == "tags" else f"?field={fields['choice'].pk}"
    assert_looks_right(open_page(reverse(page_of) + chosen, user=alice))


def test_the_inbox_looks_right_with_tags_and_filters(open_page: OpenPage, bob: User, vera: Lead) -> None:
    one_of_each()
    for name in ("Alpha", "Evenings only", "Waits for papers", "VIP"):
        LeadTag.objects.create(lead=vera, tag=Tag.objects.create(name=name, tone="info"))
    assert_looks_right(open_page(reverse("inbox"), user=bob), widths=(320, 768, 1280))
