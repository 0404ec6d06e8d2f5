"""From the first link to the desk, and the pages of signing in and settings in every state."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from leads.clinic import actions
from leads.followup.actions import suppress
from leads.models import Role, SuppressionReason, User
from tests import cast
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.clinic.test_signing_in import code_for

pytestmark = pytest.mark.django_db(transaction=True)

CODES = {
    "mfa_reauthenticate": "Is it still you?",
    "mfa_generate_recovery_codes": "New recovery codes",
    "mfa_deactivate_totp": "Remove the authenticator app",
}


@pytest.fixture
def dana(db: None) -> User:
    return User.objects.create_user("dana@example.com", cast.PASSWORD, name="Dana", role=Role.ADMINISTRATOR, last_login=timezone.now())


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow_link(open_page: OpenPage, email: str = "kim@example.com") -> Page:
    page = open_page(urlsplit(actions.invite(by=None, email=email, role=Role.FRONT_DESK)).path)
    press(page, "Sign in")
    page.get_by_label("Your name").fill("Kim")
    page.get_by_label("New password").fill(cast.PASSWORD)
    press(page, "Save and continue")
    return page


def test_from_the_first_link_to_the_desk(open_page: OpenPage) -> None:
    page = open_page(urlsplit(actions.ensure_first_link() or "").path)
    assert_looks_right(page)
    press(page, "Sign in")
    heading(page, "Tell us who you are")
    press(page, "Save and continue")
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("Error:")
    assert_looks_right(page)
    page.get_by_label("Your name").fill("Dana")
    page.get_by_label("Email address").fill("dana@example.com")
    page.get_by_label("New password").fill(cast.PASSWORD)
    press(page, "Save and continue")
    heading(page, "Inbox")


def test_signing_in_by_keyboard_alone(open_page: OpenPage, bob: User) -> None:
    page = open_page(reverse("account_login"))
    page.keyboard.press("Tab")  # the way past the head of the page
    page.keyboard.press("Tab")
    page.keyboard.type(bob.email)
    page.keyboard.press("Tab")
    page.keyboard.type(cast.PASSWORD)
    page.keyboard.press("Enter")
    heading(page, "Inbox")


def test_the_sign_in_page_with_a_mistake(open_page: OpenPage) -> None:
    page = open_page(reverse("account_login"))
    assert_looks_right(page)
    page.get_by_label("Email address").fill("nobody@example.com")
    page.get_by_label("Password").fill("wrong")
    press(page, "Sign in")
    expect(page.locator(".error-summary")).to_be_focused()
    assert_looks_right(page)


def test_a_forgotten_password(open_page: OpenPage) -> None:
    page = open_page(reverse("account_reset_password"))
    assert_looks_right(page)
    page.get_by_label("Email address").fill("nobody@example.com")
    press(page, "Send the link")
    heading(page, "Look in your inbox")
    assert_looks_right(page)


def test_an_account_that_is_switched_off(open_page: OpenPage) -> None:
    assert_looks_right(open_page(reverse("account_inactive")))


def test_a_link_that_is_gone(open_page: OpenPage) -> None:
    assert_looks_right(open_page(reverse("sign_in_link", args=["guess"]), status=410))


def switch_on(page: Page, secret: str) -> None:
    """A code is over when the next half minute begins: who is too late for one types the next."""
    for _ in range(2):
        page.get_by_label("Code from the app").fill(code_for(secret))
        with page.expect_navigation():
            press(page, "Switch on")
        if page.get_by_label("Code from the app").count() == 0:
            return


def test_one_time_codes_from_the_picture_to_the_next_sign_in(open_page: OpenPage) -> None:
    page = follow_link(open_page)
    page.goto(reverse("mfa_index"))
    assert_looks_right(page)
    page.get_by_role("link", name="Set up one-time codes").click()
    expect(page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    page.get_by_text("I can't scan it").click()
    secret = page.locator(".secret").inner_text()
    assert_looks_right(page)
    switch_on(page, secret)
    heading(page, "Keep these codes")
    assert_looks_right(page)
    recovery = page.locator(".codes code").first.inner_text()
    page.goto(reverse("mfa_index"))
    assert_looks_right(page)
    page.goto(reverse("account_logout"))
    press(page, "Sign out")
    page.get_by_label("Email address").fill("kim@example.com")
    page.get_by_label("Password").fill(cast.PASSWORD)
    press(page, "Sign in")
    heading(page, "Enter your code")
    assert_looks_right(page)
    page.get_by_label("Code").fill(recovery)
    press(page, "Sign in")
    heading(page, "Inbox")


def test_the_pages_on_the_way_to_other_codes(open_page: OpenPage, dana: User) -> None:
    page = open_page(reverse("mfa_activate_totp"), user=dana)
    heading(page, "Is it still you?")
    assert_looks_right(page)
    page.get_by_label("Password").fill(cast.PASSWORD)
    press(page, "Continue")
    page.get_by_label("Code from the app").fill("000")
    press(page, "Switch on")
    expect(page.locator(".error-summary")).to_be_focused()
    assert_looks_right(page)
    page.get_by_text("I can't scan it").click()
    switch_on(page, page.locator(".secret").inner_text())
    for name, title in CODES.items():
        page.goto(reverse(name))
        heading(page, title)
        assert_looks_right(page)


def test_too_many_tries(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(reverse("account_reset_password"), status=429)
    monkeypatch.setattr("leads.clinic.signin.ratelimit.consume", lambda *_, **__: False)
    page.get_by_label("Email address").fill("nobody@example.com")
    press(page, "Send the link")
    heading(page, "Too many tries")
    assert_looks_right(page)


@pytest.mark.parametrize(
    "name",
    [
        *("profile", "clinic", "hours", "crisis", "wording", "appearance", "email", "retention", "connections"),
        *("team", "usersessions_list", "account_change_password", "account_logout"),
    ],
)
def test_a_page_of_settings(open_page: OpenPage, dana: User, bob: User, name: str) -> None:
    assert_looks_right(open_page(reverse(name), user=dana))


def test_the_clinics_settings_with_a_mistake(open_page: OpenPage, dana: User) -> None:
    page = open_page(reverse("hours"), user=dana)
    page.get_by_label("Monday").fill("nine to five")
    page.get_by_label("Answer within").fill("0")
    press(page, "Save")
    expect(page.locator(".error-summary")).to_be_focused()
    assert_looks_right(page)
    page.get_by_role("link", name=re.compile("Write the hours")).click()
    expect(page.get_by_label("Monday")).to_be_focused()


def test_inviting_a_colleague(open_page: OpenPage, dana: User) -> None:
    page = open_page(reverse("team"), user=dana)
    page.get_by_label("Email address").fill("kim@example.com")
    page.get_by_label("Show it to me once").check()
    press(page, "Invite")
    expect(page.get_by_role("textbox", name="Link")).to_have_value(re.compile("/accounts/link/"))
    assert_looks_right(page)


def test_the_dark_theme_is_kept(open_page: OpenPage, bob: User) -> None:
    page = open_page(reverse("profile"), user=bob)
    page.get_by_label("Dark").check()
    press(page, "Save")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert_looks_right(page)


def test_an_idle_desk_asks_before_it_signs_out(open_page: OpenPage, bob: User) -> None:
    page = open_page(reverse("profile"), user=bob)
    page.clock.install()
    page.reload()
    page.get_by_label("Your name").fill("Bobby, not saved yet")
    page.clock.run_for(12 * 60_000 + 10_000)
    expect(page.get_by_role("dialog", name="Are you still there?")).to_be_visible()
    assert_looks_right(page)
    with page.expect_response(re.compile(reverse("stay"))) as answer:
        press(page, "Stay signed in")
    assert answer.value.status == 204
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_label("Your name")).to_have_value("Bobby, not saved yet")
    with page.expect_request(re.compile(reverse("account_login"))):
        page.clock.run_for(15 * 60_000 + 10_000)


def test_addresses_without_mail(open_page: OpenPage, alice: User) -> None:
    cast.make_lead()
    for number, reason in enumerate(SuppressionReason):
        suppress(address=f"{'x' * 50}{number}@example.com", reason=reason, by=alice)
    suppress(address="vera@example.com", reason=SuppressionReason.OPTED_OUT, by=None)
    page = open_page(reverse("suppression"), user=alice)
    assert_looks_right(page)
    press(page, "Add to the list")
    expect(page.locator(".error-summary")).to_be_focused()
    assert_looks_right(page)
    page.get_by_role("link", name="Allow mail again – vera@example.com").click()
    heading(page, "Allow mail again?")
    assert_looks_right(page)
    press(page, "Allow mail again")
    expect(page.locator(".error-summary")).to_be_focused()
    assert_looks_right(page)
    page.get_by_label("They have asked to get mail from us again").check()
    press(page, "Allow mail again")
    expect(page.locator(".notice.ok")).to_contain_text("This address gets mail again")
    expect(page.get_by_text("vera@example.com")).to_have_count(0)
    page.goto(reverse("suppression") + "?q=nobody")
    assert_looks_right(page)
