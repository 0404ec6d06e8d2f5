"""Every page of the desk in every state: axe in both themes, narrow and wide, and nothing that sticks out."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from leads.followup.mailbox_trouble import FETCHED
from leads.models import Category, LastTime, Lead, Message, User
from leads.triage.decisions.actions import add_note, assign, change_stage, mark_contacted
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_fits, assert_looks_right
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db(transaction=True)
FOLLOWUPS = "/desk/followups/?sequence=after-enquiry&at=2026-11-06T16:00&zone=America/Los_Angeles"
LONG = "Maximiliano Fernández-Villalobos de la Torre y Hohenstaufen-Donaudampfschifffahrtsgesellschaft"


@pytest.fixture
def busy(alice: User, bob: User) -> Lead:
    """A desk with everything on it. The lead that is returned has a history."""
    now = timezone.now()
    make_lead(name=LONG, email=f"{'x' * 60}@example.com", topic="suitability", category=Category.BOOKED, owner=alice)
    make_lead(name="Crisis", email="crisis@example.com", read_first=True, waiting_since=now - timedelta(minutes=5))
    make_lead(name="Late", email="late@example.com", waiting_since=now - timedelta(days=6), due_at=now - timedelta(days=5), reply_by="call")
    make_lead(name="Later", email="later@example.com", attention="snoozed", snoozed_until=now + timedelta(days=1))
    lead = Lead.objects.get(reference=vera_writes(phone="212 555 0104").reference)
    mark_contacted(by=bob, lead=lead)
    assign(by=bob, lead=lead, owner=bob)
    add_note(by=bob, lead=lead, text="Prefers mornings. " * 20 + "x" * 200)
    return lead


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/?view=everyone", "/desk/?q=late", "/desk/?q=nobody", "/desk/?view=check", "/desk/board/", FOLLOWUPS]
)
def test_lists(open_page: OpenPage, bob: User, busy: Lead, path: str) -> None:
    assert_looks_right(open_page(path, user=bob))


@pytest.mark.parametrize("path", ["/desk/", "/desk/board/"])
def test_lists_without_anybody(open_page: OpenPage, bob: User, path: str) -> None:
    assert_looks_right(open_page(path, user=bob))


def test_a_mailbox_that_is_away(open_page: OpenPage, bob: User, busy: Lead, settings: Any) -> None:
    settings.INBOX = {"host": "imap.example.com"}
    LastTime.objects.create(key=FETCHED, at=timezone.now() - timedelta(hours=3))
    page = open_page("/desk/", user=bob)
    expect(page.get_by_text("Mail to the mailbox has not been fetched since")).to_be_visible()
    assert_looks_right(page)


def test_mail_that_needs_a_look(open_page: OpenPage, bob: User) -> None:
    lead = make_lead(name=LONG)
    for state in ("unknown", "failed"):
        Message.objects.create(kind="followup", lead=lead, to_address=lead.email, state=state, reason="554 5.7.1")
    page = open_page(reverse("mail"), user=bob)
    assert_looks_right(page)
    page.get_by_role("button", name="It arrived").click()
    expect(page.locator(".mails li")).to_have_count(1)
    expect(page.get_by_text("Noted: it arrived.")).to_be_visible()
    Message.objects.all().delete()
    page.reload()
    assert_looks_right(page)


def test_a_list_of_two_pages(open_page: OpenPage, bob: User) -> None:
    for number in range(51):
        make_lead(name=f"Person {number}", email=f"{number}@example.com")
    page = open_page("/desk/", user=bob)
    page.get_by_role("link", name="Next").click()
    expect(page.locator("[data-rows] .row")).to_have_count(1)
    assert_looks_right(page)


def test_a_lead_with_a_history(open_page: OpenPage, bob: User, busy: Lead) -> None:
    assert_looks_right(open_page(reverse("lead", args=[busy.reference]), user=bob))


def test_a_lead_whose_story_is_open(open_page: OpenPage, bob: User, busy: Lead) -> None:
    page = open_page(reverse("lead", args=[busy.reference]), user=bob)
    page.get_by_role("button", name="Open what they wrote").click()
    expect(page.locator(".story.open")).to_be_visible()
    assert_looks_right(page)


@pytest.mark.parametrize("state", ["new", "read_first", "check", "spam", "closed"])
def test_a_lead_in_each_state(open_page: OpenPage, bob: User, state: str) -> None:
    suspicions = ["honeypot", "too_fast"] if state in ("check", "spam") else []
    lead = Lead.objects.get(reference=vera_writes(name=LONG, suspicions=suspicions).reference)
    if state == "closed":
        change_stage(by=bob, lead=lead, stage=lead.stage.__class__.objects.first_of(Category.CLOSED), remark="Moved away.")
    Lead.objects.filter(pk=lead.pk).update(read_first=state == "read_first", **({"screening": state} if suspicions else {}))
    assert_looks_right(open_page(reverse("lead", args=[lead.reference]), user=bob))


def test_menus_dialogs_and_toasts(open_page: OpenPage, bob: User, busy: Lead) -> None:
    page = open_page(reverse("lead", args=[busy.reference]), user=bob)
    page.get_by_text("Snooze", exact=False).first.click()
    assert_looks_right(page)
    page.get_by_role("button", name="Next week").click()
    expect(page.locator("#toasts")).to_contain_text("Snoozed until")
    assert_looks_right(page)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    assert_looks_right(page)


def test_the_dialogs_of_the_inbox(open_page: OpenPage, bob: User, busy: Lead) -> None:
    page = open_page("/desk/", user=bob)
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_role("dialog", name="Snooze until")).to_be_visible()
    assert_looks_right(page)
    page.get_by_role("button", name="Cancel").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert_looks_right(page)


def test_a_note_that_was_refused(open_page: OpenPage, bob: User, busy: Lead) -> None:
    page = open_page(reverse("lead", args=[busy.reference]), user=bob, status=400)
    page.get_by_role("textbox", name="Note").fill("x" * 6000)
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("#note-error")).to_contain_text("Shorten the note")
    assert_looks_right(page)


def test_an_email_that_was_warned_of(open_page: OpenPage, bob: User, busy: Lead) -> None:
    page = open_page(reverse("lead", args=[busy.reference]), user=bob, status=400)
    expect(page.get_by_label("Email to")).to_be_hidden()
    page.get_by_role("radio", name="Email").check()
    expect(page.get_by_role("textbox", name="Note")).to_be_hidden()
    assert_looks_right(page)
    page.get_by_label("Email to").fill("About your depression.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#mail-error")).to_contain_text("Your email is not sent yet.")
    assert_looks_right(page)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#toasts")).to_contain_text("Your email leaves in ten seconds.")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_label("Email to")).to_have_value("About your depression.")


def test_adding_an_enquiry(open_page: OpenPage, bob: User) -> None:
    page = open_page(reverse("add_enquiry"), user=bob, status=400)
    assert_looks_right(page)
    page.get_by_role("button", name="Add enquiry").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert_looks_right(page)


@pytest.mark.parametrize(("path", "status"), [("/desk/nowhere/", 404), ("/desk/leads/7K3M-92QX/done/", 405)])
def test_the_way_back_from_an_error(open_page: OpenPage, bob: User, path: str, status: int) -> None:
    assert_looks_right(open_page(path, user=bob, status=status))


def test_the_menu_of_a_card(open_page: OpenPage, bob: User, busy: Lead) -> None:
    page = open_page("/desk/board/", user=bob)
    page.locator(".board-card summary").first.click()
    assert_looks_right(page)


@pytest.mark.parametrize("width", [320, 360, 640, 768, 900, 1100, 1280, 1920])
def test_nothing_sticks_out_at_any_width(open_page: OpenPage, bob: User, busy: Lead, width: int) -> None:
    page = open_page("/desk/?view=everyone", user=bob, width=width)
    for path in ("/desk/board/", reverse("lead", args=[busy.reference]), "/desk/?view=everyone"):
        page.goto(path)
        assert_fits(page)


def test_the_focus_is_not_hidden_by_the_bar_of_tabs(open_page: OpenPage, bob: User) -> None:
    for number in range(30):
        make_lead(name=f"Person {number}", email=f"{number}@example.com")
    page = open_page("/desk/", user=bob, width=320)
    bar = page.locator(".sidebar").bounding_box()
    assert bar is not None
    for _ in range(20):
        page.keyboard.press("j")
        box = page.locator("[data-rows] .row:has(:focus)").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= bar["y"]
