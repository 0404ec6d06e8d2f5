"""The reports in a browser: right in each theme and width, empty, full and filtered; the keys; and without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from leads.models import Answer, User
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right
from tests.cast import make_lead
from tests.reports.test_counting import count_all, wrote

pytestmark = pytest.mark.django_db(transaction=True)
REPORTS = reverse("reports")


@pytest.fixture
def three_weeks(db: None) -> None:
    """An enquiry on each day, most of them about costs, and most of them answered."""
    for number in range(21):
        at = timezone.now() - timedelta(days=number, minutes=30)
        lead = make_lead(topic="how" if number % 3 else "cost", email=f"{number}@example.com")
        wrote(lead, at, utm={"source": f"a-site-with-a-long-name-{number % 12}"})
        if number % 4:
            Answer.objects.create(lead=lead, received_at=at, answered_at=at + timedelta(minutes=20), open_seconds=60 * number)
    count_all()


def test_an_empty_clinic_is_told_so(open_page: OpenPage, bob: User) -> None:
    page = open_page(REPORTS, user=bob)
    expect(page.get_by_text("Nothing happened in this time.")).to_be_visible()
    assert_looks_right(page)


def test_many_look_right_and_a_click_filters_the_page(open_page: OpenPage, bob: User, three_weeks: None) -> None:
    page = open_page(REPORTS, user=bob)
    assert_looks_right(page)
    page.locator("#chart-topic").get_by_role("link", name="Cost and insurance").click()
    chip = page.get_by_role("link", name="Topic: Cost and insurance")
    expect(chip).to_be_visible()
    assert_looks_right(page)
    chip.click()
    expect(page.get_by_role("list", name="Filters")).to_have_count(0)


def test_clicks_add_up_and_chips_take_them_away_one_by_one(open_page: OpenPage, bob: User, three_weeks: None) -> None:
    page = open_page(REPORTS, user=bob)
    for chart, name in (("topic", "How it works"), ("source", "a-site-with-a-long-name-1"), ("stage", "New")):
        page.locator(f"#chart-{chart}").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("list", name="Filters").get_by_role("link", name=name)).to_be_visible()
    enquiries = page.locator(".report-figures .card").filter(has_text="Enquiries").locator(".report-value")
    expect(enquiries).to_have_text("2")
    expect(page.locator("#chart-trend figcaption")).to_contain_text(
        "Only Source: a-site-with-a-long-name-1, Topic: How it works, Stage: New."
    )
    assert_looks_right(page)
    page.keyboard.press("7")
    page.wait_for_url("**period=7**source=**stage=**")
    expect(enquiries).to_have_text("1")
    page.get_by_role("link", name="Stage: New").click()
    expect(page.get_by_role("list", name="Filters").get_by_role("listitem")).to_have_count(3)  # two, and "all"
    page.get_by_role("link", name="Take all filters away").click()
    expect(page.get_by_role("list", name="Filters")).to_have_count(0)
    expect(enquiries).to_have_text("7")


def test_a_key_chooses_the_days(open_page: OpenPage, bob: User, three_weeks: None) -> None:
    page = open_page(reverse("inbox"), user=bob)
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url(f"**{REPORTS}")
    for key, name in (("7", "7 days"), ("y", "12 months"), ("t", "Today")):
        page.keyboard.press(key)
        expect(page.locator(".report-periods [aria-current]")).to_contain_text(name)


def test_the_table_says_what_the_chart_shows(open_page: OpenPage, bob: User, three_weeks: None) -> None:
    page = open_page(REPORTS, user=bob)
    chart = page.locator("#chart-topic")
    chart.get_by_text("Show as table").click()
    expect(chart.get_by_role("row", name="How it works 14 67%")).to_be_visible()
    assert_looks_right(page)


def test_without_javascript_too(open_page: OpenPage, bob: User, three_weeks: None) -> None:
    page = open_page(REPORTS, user=bob, javascript=False)
    page.get_by_role("link", name="7 days").click()
    page.get_by_role("link", name="a year before").click()
    expect(page.get_by_role("link", name="a year before")).to_have_attribute("aria-current", "true")
    with page.expect_download() as download:
        page.locator("#chart-topic").get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "topic.csv"
