"""A manager imports people from a file, from the upload to taking it back."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from leads.capture.importing.work import work
from leads.models import Lead, User
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = ["Name,Email,Phone,Message", "Vera Lind,vera@example.com,,I would like to come.", "Omar,omar@example.com,,", "=cmd,,,"]


@pytest.fixture
def people(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR, settings.DATA_DIR = tmp_path, tmp_path
    file = tmp_path / "people.csv"
    file.write_text("\n".join(ROWS))
    return file


@pytest.mark.parametrize("javascript", [True, False])
def test_the_way_of_a_file(open_page: OpenPage, alice: User, people: Path, javascript: bool) -> None:
    page = open_page("/desk/import/", user=alice, javascript=javascript)
    page.get_by_label("CSV file").set_input_files(people)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", name="What do the columns hold?")).to_be_visible()
    expect(page.get_by_role("cell", name="vera@example.com")).to_be_visible()
    page.get_by_role("button", name="Try it out").click()
    expect(page.get_by_text("Trying it out.")).to_be_visible()
    assert not Lead.objects.exists()
    work(10)
    go_on(page, javascript)
    expect(page.get_by_text("This is what would become of it.")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    work(10)
    go_on(page, javascript)
    expect(page.get_by_text("Imported.", exact=True)).to_be_visible()
    assert Lead.objects.count() == 2
    with page.expect_download() as download:
        page.get_by_role("link", name="Download these rows").click()
    assert "neither an email address" in Path(download.value.path()).read_text()
    page.get_by_role("button", name="Undo the import").click()
    work(10)
    go_on(page, javascript)
    expect(page.get_by_role("heading", name="Taken back.")).to_be_visible()
    assert not Lead.objects.exists()


def go_on(page: Any, javascript: bool) -> None:
    """With a script the page asks by itself."""
    if not javascript:
        page.reload()


def test_every_page_of_it_looks_right(open_page: OpenPage, alice: User, people: Path) -> None:
    page = open_page("/desk/import/", user=alice, status=400)
    assert_looks_right(page)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_looks_right(page)
    page.get_by_label("CSV file").set_input_files(people)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", name="What do the columns hold?")).to_be_visible()
    assert_looks_right(page)
    page.get_by_role("button", name="Try it out").click()
    expect(page.get_by_text("Trying it out.")).to_be_visible()
    assert_looks_right(page, widths=(320,))
    work(10)
    expect(page.get_by_text("This is what would become of it.")).to_be_visible()
    assert_looks_right(page)
