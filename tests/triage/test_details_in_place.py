"""Details changed in place: the form. Nothing typed is lost, whatever stands against it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leads.models import EventKind, Lead, ReadRecord, User
from leads.triage.details.lead_details import change_detail
from tests.cast import make_lead

pytestmark = pytest.mark.django_db


def address(lead: Lead, name: str) -> str:
    return reverse("lead_detail", args=[lead.reference, name])


def save(client: Client, lead: Lead, name: str, value: str, **more: Any) -> Any:
    return client.post(address(lead, name), {"value": value} | more)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def value_of(lead: Lead, field: str) -> str:
    return str(Lead.objects.values_list(field, flat=True).get(pk=lead.pk))


def test_the_form_holds_what_stands_there(as_bob: Client, lead: Lead) -> None:
    shown = text(as_bob.get(address(lead, "email")))
    assert 'name="opened" value="vera@example.com"' in shown
    assert 'class="input" value="vera@example.com"' in shown


def test_it_is_saved_and_can_be_undone(as_bob: Client, lead: Lead) -> None:
    response = save(as_bob, lead, "name", "  Vera   Lindgren ")
    assert (response.status_code, response["Location"]) == (303, reverse("lead", args=[lead.reference]))
    shown = text(as_bob.get(response["Location"]))
    assert "Name changed." in shown
    assert "Vera Lind → Vera Lindgren" in shown
    as_bob.post(reverse("lead_details_remove", args=[lead.reference]))
    assert value_of(lead, "name") == "Vera Lind"
    assert "Undid a change of details" in text(as_bob.get(response["Location"]))


@pytest.mark.parametrize(("name", "typed", "kept"), [
    ("email", "VERA@Example.COM ", "vera@example.com"),
    ("phone", "(212) 555-0104", "+12125550104"),
    ("topic", "cost", "cost"),
    ("language", "es", "es"),
    ("time_zone", "America/New York", "America/New_York"),
])  # fmt: skip
def test_it_is_kept_as_the_contact_form_keeps_it(as_bob: Client, lead: Lead, name: str, typed: str, kept: str) -> None:
    assert save(as_bob, lead, name, typed).status_code == 303
    assert value_of(lead, name) == kept


@pytest.mark.parametrize(("name", "typed", "said"), [
    ("name", " ", "Enter the name they would like us to use"),
    ("name", "x" * 121, "at most 120 characters"),
    ("email", "vera@", "in the correct format"),
    ("email", "", "Enter the address that is right"),
    ("phone", "12", "with all its digits"),
    ("topic", "weather", "Choose one of the topics"),
    ("language", "xx", "Choose one of the languages"),
    ("time_zone", "Mars/Base", "Choose a time zone from the list"),
])  # fmt: skip
def test_what_does_not_fit_is_told_and_stays_in_the_form(as_bob: Client, lead: Lead, name: str, typed: str, said: str) -> None:
    response = save(as_bob, lead, name, typed)
    assert response.status_code == 400
    assert said in text(response)
    assert "Error:" in text(response)
    assert not lead.events.exists()


def test_htmx_puts_the_refusal_in_its_place(as_bob: Client, lead: Lead) -> None:
    response = as_bob.post(address(lead, "email"), {"value": "vera@"}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert 'value="vera@"' in text(response)


def test_somebody_elses_change_is_named_and_both_are_offered(as_bob: Client, alice: User, lead: Lead) -> None:
    change_detail(by=alice, lead=lead, field="name", value="Vera Lindgren")
    shown = text(save(as_bob, lead, "name", "Vera Lindh", opened="Vera Lind"))
    assert "Alice changed it to “Vera Lindgren” while you typed" in shown
    assert 'value="Vera Lindh"' in shown
    assert "Save mine" in shown
    assert "Keep theirs" in shown
    assert value_of(lead, "name") == "Vera Lindgren"
    assert save(as_bob, lead, "name", "Vera Lindh", opened="Vera Lindgren").status_code == 303
    assert value_of(lead, "name") == "Vera Lindh"


def test_the_lead_that_has_this_address_is_one_click_away(as_bob: Client, lead: Lead) -> None:
    other = make_lead(email="lind@example.com", identity_key="lind@example.com|vera")
    response = save(as_bob, lead, "email", "lind@example.com")
    assert f'<a href="{reverse("lead", args=[other.reference])}">Open that lead</a>' in text(response)
    assert ReadRecord.objects.latest("id").leads == [lead.pk, other.pk]


def test_saving_it_twice_is_one_change(as_bob: Client, lead: Lead) -> None:
    save(as_bob, lead, "name", "Vera Lindgren", opened="Vera Lind")
    save(as_bob, lead, "name", "Vera Lindgren", opened="Vera Lind")
    assert lead.events.filter(kind=EventKind.DETAILS).count() == 1


@pytest.mark.parametrize("name", ["reference", "identity_key", "f-nothing", "f-"])
def test_nothing_else_can_be_changed(as_bob: Client, lead: Lead, name: str) -> None:
    assert save(as_bob, lead, name, "x").status_code == 404


def test_strangers_and_those_without_rights(client: Client, as_charlie: Client, lead: Lead) -> None:
    assert save(client, lead, "name", "x").status_code == 302
    assert save(as_charlie, lead, "name", "x").status_code == 404
    assert value_of(lead, "name") == "Vera Lind"


def test_in_check_nothing_is_offered(as_bob: Client) -> None:
    lead = make_lead(screening="check")
    assert "/detail/" not in text(as_bob.get(reverse("lead", args=[lead.reference])))
    assert "Release it first" in text(save(as_bob, lead, "name", "Vera Lindgren"))
