"""The desk's pages that nobody opens every day: empty, with something on them, after a mistake, and for whoever has no rights."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from leads.models import Lead, NoticeKind, Role, Suppression, SuppressionReason, Team, User
from leads.triage.decisions.notices import tell
from leads.triage.lists.saved_views import save_view
from tests import cast
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Maximiliano Fernández-Villalobos de la Torre y Hohenstaufen-Donaudampfschifffahrtsgesellschaft"


@pytest.fixture
def dana(db: None) -> User:
    return User.objects.create_user("dana@example.com", cast.PASSWORD, name="Dana", role=Role.ADMINISTRATOR, last_login=timezone.now())


def test_what_the_desk_tells_somebody(open_page: OpenPage, bob: User, alice: User) -> None:
    page = open_page(reverse("notices"), user=bob)
    assert_looks_right(page)
    tell(user=bob, lead=cast.make_lead(name=LONG), kind=NoticeKind.ASSIGNED, by=alice)
    page.reload()
    expect(page.locator(".unread")).to_have_count(1)
    assert_looks_right(page)


def test_who_gets_what_and_who_is_there(open_page: OpenPage, alice: User, bob: User) -> None:
    page = open_page(reverse("assignment"), user=alice, status=400)
    assert_looks_right(page)
    team = Team.objects.create(name=LONG[:60])
    bob.away_from = timezone.localdate()
    bob.save()
    page.reload()
    assert_looks_right(page)
    for name, arguments in (("team_edit", [team.pk]), ("team_work", [bob.pk]), ("profile_work", [])):
        page.goto(reverse(name, args=arguments))
        assert_looks_right(page)
    page.goto(reverse("team_new"))
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert_looks_right(page)


def test_addresses_without_mail(open_page: OpenPage, alice: User) -> None:
    page = open_page(reverse("suppression"), user=alice)
    assert_looks_right(page)
    found = Suppression.objects.create(address=f"{'x' * 60}@example.com", reason=SuppressionReason.OPTED_OUT)
    page.reload()
    assert_looks_right(page)
    page.goto(reverse("suppression_remove", args=[found.pk]))
    assert_looks_right(page)


def test_what_belongs_to_one_lead(open_page: OpenPage, bob: User, lead: Lead) -> None:
    page = open_page(reverse("lead_reach", args=[lead.reference]), user=bob)
    assert_looks_right(page)
    page.goto(reverse("lead_detail", args=[lead.reference, "email"]))
    assert_looks_right(page)


def test_a_view_that_somebody_saved(open_page: OpenPage, bob: User, lead: Lead) -> None:
    view = save_view(by=bob, name=LONG[:60], shared=True, query="view=needs_us&topic=cost")
    page = open_page(reverse("saved_view", args=[view.slug]), user=bob)
    assert_looks_right(page)
    page.get_by_text("This view", exact=True).click()
    assert_looks_right(page)


def test_the_menu_of_the_settings_is_folded_on_a_phone(open_page: OpenPage, dana: User) -> None:
    page = open_page(reverse("clinic"), user=dana, width=320, javascript=False)
    expect(page.get_by_role("link", name="Stages")).to_be_hidden()
    page.get_by_text("All settings").click()
    page.get_by_role("link", name="Stages").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stages")


def test_on_a_phone_the_rest_is_under_more(open_page: OpenPage, bob: User) -> None:
    page = open_page("/desk/", user=bob, width=320)
    page.get_by_text("More", exact=True).click()
    assert_looks_right(page, widths=(320,))
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Reports")).to_be_hidden()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Reports").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reports")


def test_for_whoever_has_no_rights(open_page: OpenPage, charlie: User) -> None:
    page = open_page(reverse("profile"), user=charlie, status=404)
    assert_looks_right(page)
    expect(page.get_by_role("button", name="Hide names")).to_have_count(0)
    page.goto("/desk/")
    assert_looks_right(page)
