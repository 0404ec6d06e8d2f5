"""Exporting: the password first, then the columns, then a file."""

import pytest
from playwright.sync_api import expect

from leads.models import Lead, User
from tests import cast
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_list_is_taken_along(open_page: OpenPage, alice: User, lead: Lead) -> None:
    page = open_page("/desk/?view=everyone", user=alice, status=400)
    page.get_by_role("link", name="Export").click()
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Leads in the list “Everyone”: 1.")).to_be_visible()
    assert_looks_right(page)

    for box in page.get_by_role("group", name="Columns").get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("button", name="Download").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert_looks_right(page)

    page.get_by_label("Name", exact=True).check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    assert waiting.value.suggested_filename.endswith(".csv")
