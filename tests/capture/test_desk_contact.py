"""What somebody told a colleague about how to be reached holds at once, and nothing that was said before is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leads.followup.contact import say_how_to_reach
from leads.models import ContactRule, Lead, ReadRecord, Suppression, User
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db
CALL = {"channels": ["call"], "times": ["evening"], "days": "weekdays", "may_say_name": "on"}


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes(phone="(212) 555-0123").reference)


def page_of(lead: Lead) -> str:
    return reverse("lead_reach", args=[lead.reference])


def tell(client: Client, lead: Lead, **changes: Any) -> Any:
    return client.post(page_of(lead), CALL | changes)


def lead_page(client: Client, lead: Lead) -> str:
    return client.get(reverse("lead", args=[lead.reference])).content.decode()


def test_it_holds_at_once_and_says_who_wrote_it_down(as_bob: Client, bob: User, vera: Lead) -> None:
    assert tell(as_bob, vera)["Location"] == reverse("lead", args=[vera.reference])
    vera.refresh_from_db()
    rule = vera.contact_rules.in_use().get()
    assert (rule.channels, rule.times, rule.days, rule.may_leave_voicemail, rule.may_say_name) == (
        ["call"], ["evening"], "weekdays", False, True,
    )  # fmt: skip
    assert rule.used_by == bob
    assert (vera.reply_by, vera.no_email) == ("call", True)
    assert vera.events.get(kind="contact_rule").by == bob
    shown = lead_page(as_bob, vera)
    assert "It holds from now on." in shown
    assert "Wrote down how to reach them" in shown
    assert "By phone call only" in shown


def test_no_email_stops_what_is_under_way(as_bob: Client, vera: Lead) -> None:
    tell(as_bob, vera)
    assert vera.enrolments.get().stop_reason == "no_email"


def test_rows_are_only_added(as_bob: Client, vera: Lead) -> None:
    tell(as_bob, vera)
    before = ContactRule.objects.values().get()
    tell(as_bob, vera, times=["morning"])
    assert ContactRule.objects.count() == 2
    assert ContactRule.objects.order_by("at").values().first() == before
    assert vera.contact_rules.in_use()[0].times == ["morning"]


def test_twice_is_as_good_as_once(as_bob: Client, vera: Lead) -> None:
    for _ in range(2):
        tell(as_bob, vera)
    assert ContactRule.objects.count() == 1
    assert vera.events.filter(kind="contact_rule").count() == 1


def test_new_addresses_are_used_at_once_and_the_old_one_is_told(as_bob: Client, vera: Lead) -> None:
    tell(as_bob, vera, channels=["email", "call"], email="Vera.Lind@example.com", phone="(212) 555-0177")
    vera.refresh_from_db()
    assert (vera.email, vera.phone) == ("vera.lind@example.com", "+12125550177")
    assert list(vera.messages.filter(kind="own_page").values_list("mail", "to_address")) == [("address-changed", "vera@example.com")]


def test_an_address_that_waited_for_its_link_is_confirmed_by_voice(as_bob: Client, vera: Lead) -> None:
    wishes = {"channels": ["email"], "times": [], "days": "any", "may_leave_voicemail": False, "may_say_name": False, "phone": ""}
    say_how_to_reach(lead=vera, wishes=wishes | {"email": "new@example.com"}, by=None, proven=True)
    tell(as_bob, vera, channels=["email"], times=[], days="any", may_say_name="", email="new@example.com")
    vera.refresh_from_db()
    assert vera.email == "new@example.com"


def test_who_asked_us_to_stop_stays_stopped_at_another_address(as_bob: Client, vera: Lead) -> None:
    Suppression.objects.create(address=vera.email, reason="opted_out")
    tell(as_bob, vera, channels=["email"], email="new@example.com")
    assert Suppression.objects.filter(address="new@example.com", reason="opted_out").exists()


def test_the_form_shows_what_holds(as_bob: Client, vera: Lead) -> None:
    tell(as_bob, vera)
    form = as_bob.get(page_of(vera)).context["form"]
    assert (form["channels"].value(), form["times"].value(), form["days"].value()) == (["call"], ["evening"], "weekdays")


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"channels": []}, "Select at least one way to reach them"),
    ({"times": ["midnight"]}, "Choose from the times listed"),
    ({"days": "never"}, "Choose one of the days listed"),
    ({"email": "vera@"}, "Enter an email address"),
    ({"phone": "x"}, "phone number"),
    ({"channels": ["pigeon"]}, "Choose from the ways to reach them"),
])  # fmt: skip
def test_a_mistake_is_told_and_nothing_changes(as_bob: Client, vera: Lead, changes: dict[str, Any], sentence: str) -> None:
    response = tell(as_bob, vera, **changes)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert not ContactRule.objects.exists()


def test_a_way_needs_an_address(as_bob: Client, db: None) -> None:
    page = tell(as_bob, make_lead(phone="")).content.decode()
    assert "Enter a phone number so that we can call or text them" in page


def test_what_waits_in_check_is_released_first(as_bob: Client, db: None) -> None:
    suspect = Lead.objects.get(reference=vera_writes(suspicions=["honeypot"], phone="(212) 555-0123").reference)
    assert "Release it first." in as_bob.post(page_of(suspect), CALL, follow=True).content.decode()
    assert not ContactRule.objects.exists()
    assert "They told me" not in lead_page(as_bob, suspect)


def test_reading_it_is_recorded(as_bob: Client, vera: Lead) -> None:
    as_bob.get(page_of(vera))
    assert ReadRecord.objects.get().page == "lead_reach"


def test_who_may_not_work_on_leads_finds_nothing(as_charlie: Client, vera: Lead) -> None:
    assert as_charlie.get(page_of(vera)).status_code == 404
    assert tell(as_charlie, vera).status_code == 404
    assert not ContactRule.objects.exists()
