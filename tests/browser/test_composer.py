"""The composer of a lead's page: its tabs, with the mouse, the keyboard and without scripts; and the pages that go with it."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from leads.models import EventKind, Lead, MailTemplate, Message, User
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db(transaction=True)
SIGNATURE = "Bob Marsh\nFront desk, Mondays to Thursdays"


@pytest.fixture
def vera(db: None, bob: User) -> Lead:
    """She wants to be called in the evening, without a voicemail."""
    User.objects.filter(pk=bob.pk).update(signature=SIGNATURE)
    lead = Lead.objects.get(reference=vera_writes(phone="212 555 0104").reference)
    Lead.objects.filter(pk=lead.pk).update(asked_hours="weekdays evening", time_zone="America/New_York")
    MailTemplate.objects.create(name="What a visit costs", language="en", subject="Costs", body="{{ greeting }}\n\nIt depends.")
    MailTemplate.objects.create(name="Lo que cuesta una visita", language="es", subject="Precio", body="{{ greeting }}")
    return lead


def lead_page(open_page: OpenPage, user: User, lead: Lead, *, javascript: bool = True, status: int | None = None) -> Page:
    return open_page(reverse("lead", args=[lead.reference]), user=user, javascript=javascript, status=status)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_call_is_logged_with_its_note(open_page: OpenPage, bob: User, vera: Lead, javascript: bool) -> None:
    page = lead_page(open_page, bob, vera, javascript=javascript)
    expect(page.get_by_role("button", name="Left a voicemail")).to_be_hidden()
    page.get_by_role("radio", name="Log call").check()
    expect(page.get_by_role("button", name="Save note")).to_be_hidden()
    expect(page.locator("fieldset.call-panel")).to_contain_text("They have not allowed a voicemail.")
    expect(page.locator("div.call-panel")).to_contain_text("Only in the evening, Monday to Friday.")
    page.get_by_role("textbox", name="Note").fill("Call again on Monday.")
    if javascript:
        assert_looks_right(page)
    page.get_by_role("button", name="No answer").click()
    expect(page.locator("#toasts")).to_contain_text("Call logged. It does not count as contact")
    expect(page.locator(".timeline.past")).to_contain_text("Called: no answer")
    expect(page.locator(".note").first).to_have_text("Call again on Monday.")
    expect(page.get_by_role("radio", name="Note")).to_be_checked()
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("#toasts")).to_contain_text("Undone.")


def test_with_the_keyboard_alone(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    page.get_by_role("radio", name="Note").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Log call")).to_be_checked()
    page.keyboard.press("Tab")  # the number
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    page.keyboard.type("A good talk.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Spoke to them")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Call logged.")
    assert vera.events.get(kind=EventKind.CALLED).text == "A good talk."


def test_n_opens_the_note_from_another_tab(open_page: OpenPage, bob: User, vera: Lead) -> None:
    page = lead_page(open_page, bob, vera)
    page.get_by_role("radio", name="Email").check()
    page.locator("h1").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    expect(page.get_by_role("radio", name="Note")).to_be_checked()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_template_fills_the_email_below_what_is_typed(open_page: OpenPage, bob: User, vera: Lead, javascript: bool) -> None:
    page = lead_page(open_page, bob, vera, javascript=javascript)
    page.get_by_role("radio", name="Email").check()
    expect(page.locator(".mail-panel")).to_contain_text("Front desk, Mondays to Thursdays")
    page.get_by_label("Email to").fill("Dear Vera,")
    page.get_by_label("Template").select_option("What a visit costs")
    page.get_by_role("button", name="Use it").click()
    text = page.get_by_label("Email to")
    expect(text).to_have_value("Dear Vera,\n\nHello Vera Lind,\n\nIt depends.")
    expect(text).to_be_focused()
    expect(page.get_by_label("Subject")).to_have_value("Costs")
    if javascript:
        assert_looks_right(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Your email leaves in ten seconds.")


@pytest.mark.parametrize("javascript", [True, False])
def test_what_they_told_on_the_phone(open_page: OpenPage, bob: User, vera: Lead, javascript: bool) -> None:
    page = lead_page(open_page, bob, vera, javascript=javascript, status=400)
    page.get_by_role("link", name="They told me").click()
    if javascript:
        assert_looks_right(page)
    for way in ("Email", "Phone call"):
        page.get_by_label(way, exact=True).uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error-summary")).to_contain_text("Select at least one way to reach them")
    if javascript:
        expect(page.locator(".error-summary")).to_be_focused()
        assert_looks_right(page)
    page.get_by_label("Phone call").check()
    page.get_by_label("In the morning").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#toasts")).to_contain_text("It holds from now on.")
    expect(page.locator(".details")).to_contain_text("Only in the morning.")


def test_a_mail_that_failed(open_page: OpenPage, bob: User, vera: Lead) -> None:
    Message.objects.update(state="failed", reason="554 5.7.1")
    page = lead_page(open_page, bob, vera)
    assert_looks_right(page)
    page.get_by_role("button", name="Send again").click()
    expect(page.locator("#toasts")).to_contain_text("It will be sent again.")
    expect(page.get_by_role("button", name="Send again")).to_have_count(0)


def test_the_list_of_mail_stands_among_the_settings(open_page: OpenPage, bob: User, vera: Lead) -> None:
    Message.objects.update(state="failed", reason="554 5.7.1")
    page = open_page(reverse("mail"), user=bob)
    expect(page.locator(".sidebar .place[aria-current]")).to_have_text("Settings")
    assert_looks_right(page)
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("All mail has left.")).to_be_visible()


def test_the_templates(open_page: OpenPage, alice: User) -> None:
    page = open_page(reverse("templates"), user=alice)
    assert_looks_right(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert_looks_right(page)
    page.get_by_label("Name").fill("What a visit costs")
    page.get_by_label("Subject").fill("Your depression")
    page.get_by_label("Text").fill("{{ greeting }}\n\nIt depends.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("in its subject or first words")).to_be_visible()
    page.get_by_role("link", name="Change – What a visit costs").click()
    expect(page.get_by_label("Subject")).to_have_value("Your depression")
    assert_looks_right(page)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("There is none yet.")).to_be_visible()


def test_the_profile_shows_what_a_signature_gives_away(open_page: OpenPage, bob: User) -> None:
    page = open_page(reverse("profile"), user=bob)
    page.get_by_label("Your signature").fill("The Ketamine Clinic")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your signature says “ketamine”.")).to_be_visible()
    assert_looks_right(page)
