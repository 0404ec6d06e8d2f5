"""The inbox in a browser: the reading pane follows the focus, new arrivals move no row, and lists look as one wants."""

import pytest
from django.urls import reverse
from playwright.sync_api import Route, expect

from leads.models import Attention, Lead, SavedView, User
from leads.triage.lists.saved_views import save_view
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db(transaction=True)
INBOX = reverse("inbox")
NEW_WITHIN = 3_000  # milliseconds


@pytest.fixture
def leads(db: None) -> list[Lead]:
    return [make_lead(name=name, email=f"{number}@example.com") for number, name in enumerate(["Ada", "Ben", "Cleo"])]


def test_the_pane_follows_the_focus(open_page: OpenPage, bob: User, leads: list[Lead]) -> None:
    page = open_page(INBOX, user=bob)
    pane = page.locator("#pane")
    page.keyboard.press("j")
    expect(pane.get_by_role("heading", name="Ada")).to_be_visible()
    page.keyboard.press("j")
    expect(pane.get_by_role("heading", name="Ben")).to_be_visible()
    assert_looks_right(page, widths=(1280,))
    page.get_by_role("link", name="Cleo").click()
    expect(pane.get_by_role("heading", name="Cleo")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/leads/**")


def test_its_buttons_work_and_the_next_follows(open_page: OpenPage, bob: User, leads: list[Lead]) -> None:
    page = open_page(INBOX, user=bob)
    page.keyboard.press("j")
    pane = page.locator("#pane")
    pane.get_by_role("button", name="Mark contacted").click()
    expect(page.locator("#toasts")).to_contain_text("Contact logged.")
    expect(pane.get_by_role("heading", name="Ben")).to_be_visible()
    leads[0].refresh_from_db()
    assert leads[0].attention == Attention.DONE


def test_on_a_phone_a_row_leads_to_the_page(open_page: OpenPage, bob: User, leads: list[Lead]) -> None:
    page = open_page(INBOX, user=bob, width=390)
    expect(page.locator("#pane")).to_be_hidden()
    page.get_by_role("link", name="Ada").click()
    page.wait_for_url("**/desk/leads/**")


def test_without_javascript_too(open_page: OpenPage, bob: User, leads: list[Lead]) -> None:
    page = open_page(INBOX, user=bob, javascript=False)
    expect(page.locator("#pane")).to_be_hidden()
    page.get_by_role("link", name="Ada").click()
    page.wait_for_url("**/desk/leads/**")


def test_a_new_lead_is_announced_within_three_seconds_and_moves_nothing(open_page: OpenPage, bob: User, leads: list[Lead]) -> None:
    page = open_page(INBOX, user=bob)
    page.keyboard.press("j")
    ada = page.locator(".row").get_by_role("link", name="Ada")
    place = ada.bounding_box()
    rows = page.locator(".row").count()
    vera_writes()
    arrived = page.get_by_role("link", name="1 new, show")
    expect(arrived).to_be_visible(timeout=NEW_WITHIN + 1_000)  # its own second: what the browser takes to see it
    assert page.locator(".row").count() == rows
    assert ada.bounding_box() == place
    expect(ada).to_be_focused()
    arrived.click()
    expect(page.get_by_role("link", name="Vera Lind")).to_be_visible()


def test_a_list_is_named_and_found_again(open_page: OpenPage, bob: User, leads: list[Lead]) -> None:
    Lead.objects.filter(name="Ben").update(topic="cost")
    page = open_page(f"{INBOX}?topic=cost", user=bob)
    page.get_by_text("Save as a view").click()
    page.get_by_label("Name", exact=True).fill("Costs")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Costs 1")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("link", name="Ben")).to_be_visible()
    assert_looks_right(page)
    page.get_by_text("This view", exact=True).click()
    page.get_by_role("button", name="Remove this view").click()
    expect(page.locator("#toasts")).to_contain_text("The leads in it are not.")
    assert not SavedView.objects.exists()


def test_rows_are_dense_and_columns_gone_where_one_wants(open_page: OpenPage, bob: User, leads: list[Lead]) -> None:
    page = open_page(INBOX, user=bob)
    high = page.locator(".row").first.bounding_box()
    page.get_by_text("How it looks").click()
    page.get_by_label("Compact").check()
    page.get_by_label("Topic", exact=True).last.uncheck()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".rows.compact.without-topic")).to_be_visible()
    low = page.locator(".row").first.bounding_box()
    assert high
    assert low
    assert low["height"] < high["height"]
    assert_looks_right(page)


def test_more_filters_apply_by_themselves(open_page: OpenPage, bob: User, leads: list[Lead]) -> None:
    Lead.objects.filter(name="Cleo").update(source="phone")
    page = open_page(INBOX, user=bob)
    page.get_by_text("More filters").click()
    assert_looks_right(page)
    page.get_by_label("Source").select_option("Phone")
    expect(page.locator(".row")).to_have_count(1)
    expect(page.get_by_role("link", name="Cleo")).to_be_visible()


def test_keys_do_not_wait_for_the_counts_of_saved_views(open_page: OpenPage, bob: User, lead: Lead) -> None:
    save_view(by=bob, name="Costs", shared=False, query="view=needs_us&topic=cost")
    page = open_page("/robots.txt", user=bob)
    held: list[Route] = []
    page.route("**/views/counts/**", lambda route: held.append(route))  # until the key was pressed
    page.goto("/desk/")
    expect(page.locator(".saved.htmx-request")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("[data-rows] .name")).to_be_focused()
    held[0].continue_()
