"""Every page of the desk as doors.py lists them, with many of everything on it: as looks.py holds it, at 200 % zoom, and by keyboard.

A page with a new address is among them by itself. What else can be seen on a page is in test_states.py and beside what it is about.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import cast
from tests.browser.conftest import OpenPage
from tests.browser.crowd import gather
from tests.browser.looks import assert_right_everywhere
from tests.doors import DOORS, SIGNED_IN, Door, World

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = 6
NO_PAGES = {
    "new": "a line that the inbox asks for",
    "saved_views_counts": "numbers that the inbox asks for",
    "palette": "people that the palette asks for",
    "lead_glance": "the reading pane of the inbox",
    "reports_csv": "a file",
    "import_left_out": "a file",
    "followups_edit_preview_mail": "a mail, in a frame of the preview",
    "settings": "leads to the first of them",
    "mfa_authenticate": "nobody who is signed in comes by",
    "account_set_password": "everybody has one",
}


def is_a_page(door: Door) -> bool:
    return door.post is None and "dana" in door.opens_to and door.opens_to <= SIGNED_IN and door.name not in NO_PAGES


PAGES = [door for door in DOORS if is_a_page(door)]


@pytest.fixture
def world(transactional_db: None) -> World:
    return World()


def signed_in_lately(open_page: OpenPage, world: World) -> Page:
    """As an export asks for."""
    page = open_page(f"{reverse('account_login')}?next={reverse('profile')}", status=404)
    page.get_by_label("Email address").fill(world.people["dana"].email)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your profile")
    return page


@pytest.mark.parametrize("part", range(PARTS))
def test_it_is_right_however_much_is_on_it(open_page: OpenPage, world: World, part: int, subtests: pytest.Subtests) -> None:
    page = signed_in_lately(open_page, world)
    addresses = {door.name: door.url(world) for door in PAGES[part::PARTS]}
    gather(world.lead, world.people["dana"])
    for name, address in addresses.items():
        with subtests.test(name):
            page.goto(address)
            assert_right_everywhere(page)
