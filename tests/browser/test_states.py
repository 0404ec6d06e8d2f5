"""What a page of the desk can come to: nothing on it, something refused, something under way, and no rights. Each state a function."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from leads.models import BulkChange, Import, ImportRow, Lead, Message, MessageKind, Outcome, User
from leads.models.ids import uuid7
from leads.policy.identity import identity_key
from leads.triage.details.lead_details import change_detail
from leads.triage.inbox import inbox_page
from tests import cast
from tests.browser.conftest import OpenPage
from tests.browser.crowd import LONG
from tests.browser.looks import assert_right_everywhere
from tests.doors import World

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Desk:
    open_page: OpenPage
    world: World

    def open(self, name: str, *arguments: object, who: str = "dana", status: int | None = None) -> Page:
        return self.open_page(reverse(name, args=arguments), user=self.world.people[who], status=status)

    def open_lead(self, status: int | None = None) -> Page:
        return self.open("lead", self.world.lead.reference, status=status)


def says(page: Page, words: str) -> Page:
    expect(page.locator("main")).to_contain_text(words)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def an_import(state: str, **fields: object) -> Import:
    counts = {Outcome.MADE: 1200, Outcome.TWICE: 34, Outcome.BAD_EMAIL: 5}
    usual = {"file": uuid7(), "encoding": "utf-8", "delimiter": ",", "rows": 4000, "rows_done": 1234, "counts": counts}
    return Import.objects.create(state=state, **usual | fields)


# Nothing


def no_tags(desk: Desk) -> Page:
    return says(desk.open("tags"), "There is none yet.")


def no_fields(desk: Desk) -> Page:
    return says(desk.open("fields"), "none yet")


def no_templates(desk: Desk) -> Page:
    return says(desk.open("templates"), "There is none yet.")


def nobody_in_check(desk: Desk) -> Page:
    page = desk.open("inbox")
    page.get_by_role("link", name="Check").click()
    expect(page.locator(".empty")).to_be_visible()
    return page


def nobody_to_compare_with(desk: Desk) -> Page:
    return desk.open("lead_merging", desk.world.lead.reference)


# Under way


def an_import_that_runs(desk: Desk) -> Page:
    return says(desk.open("import", an_import("running").pk), "1,234 of 4,000 rows")


def an_import_that_is_taken_back(desk: Desk) -> Page:
    return says(desk.open("import", an_import("undoing").pk), "Taking it back.")


def a_change_of_many_that_looks_for_them(desk: Desk) -> Page:
    bulk = BulkChange.objects.create(by=desk.world.people["dana"], action="done", state="gathering")
    return says(desk.open("bulk_change", bulk.pk), "Under way")


def a_test_email_on_its_way(desk: Desk) -> Page:
    page = desk.open("email")
    page.get_by_role("button", name="Send a test email").click()
    return says(page, "The test email is on its way.")


# Refused, failed, overtaken


def a_test_email_that_failed(desk: Desk) -> Page:
    user = desk.world.people["dana"]
    Message.objects.create(kind=MessageKind.TEST, mail="settings-test", user=user, to_address=user.email, state="failed", reason="554")
    return says(desk.open("email"), "It did not leave: 554.")


def an_import_that_failed(desk: Desk) -> Page:
    return says(desk.open("import", an_import("failed", done_at=timezone.now()).pk), "could not be read to its end")


def an_import_of_which_some_stay(desk: Desk) -> Page:
    found = an_import("undone", done_at=timezone.now(), counts={Outcome.REMOVED: 3, Outcome.KEPT: 1})
    lead = cast.make_lead(name=LONG, email="long@example.com")
    ImportRow.objects.create(imported=found, number=2, outcome=Outcome.KEPT, lead=lead)
    return says(desk.open("import", found.pk), "Stayed, because somebody has worked on them since")


def a_name_that_a_colleague_changed_meanwhile(desk: Desk) -> Page:
    page = desk.open_lead(status=400)
    page.get_by_role("link", name="Change Name").click()
    expect(page.locator("#value-name")).to_have_value("Vera Lind")
    change_detail(by=desk.world.people["bob"], lead=Lead.objects.get(), field="name", value=LONG, opened="Vera Lind")
    page.locator("#value-name").fill("Vera Marie Lind")
    page.locator("#value-name").press("Enter")
    expect(page.get_by_role("button", name="Save mine")).to_be_visible()
    return says(page, "Keep theirs")


def an_address_that_somebody_else_has(desk: Desk) -> Page:
    cast.make_lead(email="other@example.com", identity_key=identity_key("Vera Lind", "other@example.com", ""))
    page = desk.open_lead(status=400)
    page.get_by_role("link", name="Change Email").click()
    page.locator("#value-email").fill("other@example.com")
    page.locator("#value-email").press("Enter")
    expect(page.get_by_role("link", name="Open that lead")).to_be_visible()
    return page


def a_refusal_in_the_corner(desk: Desk) -> Page:
    page = desk.open("inbox")
    page.keyboard.press("j")
    Lead.objects.update(read_first=True)
    page.keyboard.press("d")
    expect(page.locator("#toasts .error")).to_be_visible()
    return page


def closing_without_a_reason(desk: Desk) -> Page:
    page = desk.open("lead_closing", desk.world.lead.reference, status=400)
    page.get_by_label("Anything to add").fill("Moved to Chicago.")
    press(page, "Close")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Anything to add")).to_have_value("Moved to Chicago.")
    return page


def a_draft_that_a_colleague_changed_meanwhile(desk: Desk) -> Page:
    page = desk.open("followups_edit", "after-enquiry", status=409)
    other = desk.open("followups_edit", "after-enquiry", who="alice")
    for hers, day in ((other, "Monday"), (page, "Tuesday")):
        hers.get_by_label(day).fill("10-12")
        press(hers, "Save")
    return says(page, "Nothing of yours is saved yet")


def a_form_from_before_the_session_ended(desk: Desk) -> Page:
    page = desk.open("profile", status=403)
    page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((token) => { token.value = 'x'; })")
    press(page, "Save")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Your profile")
    return page


# Elsewhere, too


def signed_in_on_two_devices(desk: Desk) -> Page:
    pages = [desk.open_page(f"{reverse('account_login')}?next={reverse('usersessions_list')}") for _ in range(2)]
    for page in pages:
        page.get_by_label("Email address").fill(desk.world.people["bob"].email)
        page.get_by_label("Password").fill(cast.PASSWORD)
        press(page, "Sign in")
        expect(page.get_by_role("heading", level=1)).to_have_text("Where you are signed in")
    expect(pages[1].get_by_role("button", name="Sign out everywhere else")).to_be_visible()
    return pages[1]


# No rights


def a_page_of_the_managers(desk: Desk) -> Page:
    page = desk.open("clinic", who="bob", status=404)
    expect(page.get_by_role("link", name="Back to the inbox")).to_be_visible()
    return page


def a_desk_without_rights(desk: Desk) -> Page:
    page = desk.open("inbox", who="charlie", status=404)
    expect(page.locator(".sidebar").get_by_role("link", name="Inbox")).to_have_count(0)
    return page


# Others may see the screen


def a_page_that_is_hidden_in_the_waiting_room(desk: Desk) -> Page:
    page = desk.open("inbox")
    page.keyboard.press("w")
    expect(page.locator("[data-rows] .name")).to_have_text("V. L.")
    page.goto(reverse("notices"))
    return page


STATES: list[Callable[[Desk], Page]] = [
    no_tags,
    no_fields,
    no_templates,
    nobody_in_check,
    nobody_to_compare_with,
    an_import_that_runs,
    an_import_that_is_taken_back,
    a_change_of_many_that_looks_for_them,
    a_test_email_on_its_way,
    a_test_email_that_failed,
    an_import_that_failed,
    an_import_of_which_some_stay,
    a_name_that_a_colleague_changed_meanwhile,
    an_address_that_somebody_else_has,
    a_refusal_in_the_corner,
    closing_without_a_reason,
    a_draft_that_a_colleague_changed_meanwhile,
    a_form_from_before_the_session_ended,
    signed_in_on_two_devices,
    a_page_of_the_managers,
    a_desk_without_rights,
    a_page_that_is_hidden_in_the_waiting_room,
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_it_looks_right_with(open_page: OpenPage, transactional_db: None, state: Callable[[Desk], Page]) -> None:
    assert_right_everywhere(state(Desk(open_page, World())))


@pytest.mark.parametrize(("error", "status"), [(RuntimeError, 500), (OperationalError, 503)], ids=["a mistake of ours", "no database"])
def test_trouble_looks_right(open_page: OpenPage, bob: User, monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(inbox_page, "page", fail)
    page = open_page(reverse("inbox"), user=bob, status=status)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_right_everywhere(page)


LONG_WORD = "x" * 90
FORMS = dict.fromkeys(("profile_work", "clinic", "hours", "fields", "team", "connections", "reasons"), LONG_WORD)
FORMS |= dict.fromkeys(("crisis", "tags"), "")
BOXES = ":is(input:not([type]), input[type=text], input[type=email], input[type=number], textarea):visible"


@pytest.mark.parametrize(("name", "typed"), FORMS.items(), ids=FORMS)
def test_a_form_that_makes_no_sense_leads_to_its_mistakes(open_page: OpenPage, transactional_db: None, name: str, typed: str) -> None:
    page = Desk(open_page, World()).open(name, status=400)
    for folded in page.locator("main details:has(form):not([open]) > summary:visible").all():
        folded.click()
    form = page.locator("main form").filter(has=page.locator(BOXES)).first
    for box in form.locator(BOXES).all():
        box.fill("" if box.get_attribute("type") == "number" else typed)
    form.get_by_role("button", name=re.compile("^(Save|Invite|Make)")).first.click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert_right_everywhere(page)
