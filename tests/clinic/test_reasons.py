"""Settings, Reasons for closing: named, ordered, added; one that is no longer offered stays where it was used."""

import pytest
from django.test import Client

from leads.models import CloseReason, Lead
from tests.clinic.test_stages import shown

pytestmark = pytest.mark.django_db
PAGE = "/desk/settings/reasons/"


def save(client: Client, *, without: str = "", **changes: object) -> str:
    form = shown(client, PAGE) | changes
    form.pop(without, None)
    return client.post(PAGE, form, follow=True).content.decode()


def reason(slug: str) -> CloseReason:
    return CloseReason.objects.get(slug=slug)


def names() -> list[str]:
    return list(CloseReason.objects.values_list("name", flat=True))


def test_saving_what_is_shown_changes_nothing(as_alice: Client) -> None:
    before = list(CloseReason.objects.values())
    assert "Saved." in save(as_alice)
    assert list(CloseReason.objects.values()) == before


def test_one_is_renamed_and_what_programs_call_it_stays(as_alice: Client) -> None:
    save(as_alice, **{f"name_{reason('elsewhere').pk}": "Too far away"})
    assert reason("elsewhere").name == "Too far away"


def test_one_is_added_and_can_be_chosen(as_alice: Client, lead: Lead) -> None:
    save(as_alice, new_name="Found another clinic")
    assert names()[-1] == "Found another clinic"
    assert "Found another clinic" in as_alice.get(f"/desk/leads/{lead.reference}/closing/").content.decode()


def test_one_moves_up(as_alice: Client) -> None:
    first, second, *rest = names()
    save(as_alice, up=CloseReason.objects.get(name=second).pk)
    assert names() == [second, first, *rest]


def test_one_that_is_no_longer_offered_stays_on_the_leads_that_have_it(as_alice: Client, lead: Lead) -> None:
    used = reason("elsewhere")
    as_alice.post(f"/desk/leads/{lead.reference}/close/", {"reason": used.pk})
    save(as_alice, without=f"offered_{used.pk}")
    assert not reason("elsewhere").offered
    assert "Not in our area" in as_alice.get(f"/desk/leads/{lead.reference}/").content.decode()
    lead.refresh_from_db()
    assert lead.close_reason == used


def test_one_at_least_can_be_chosen(as_alice: Client) -> None:
    form = {name: value for name, value in shown(as_alice, PAGE).items() if not name.startswith("offered_")}
    assert "Leave at least one that can be chosen" in as_alice.post(PAGE, form).content.decode()
    assert CloseReason.objects.filter(offered=False).count() == 0


@pytest.mark.parametrize("typed", ["", "x" * 61, "other"])
def test_a_mistake_is_named_and_nothing_is_saved(as_alice: Client, typed: str) -> None:
    before = names()
    assert "There is a problem" in save(as_alice, **{f"name_{reason('elsewhere').pk}": typed})
    assert names() == before


def test_only_managers_have_the_page(as_bob: Client) -> None:
    assert as_bob.get(PAGE).status_code == as_bob.post(PAGE, {"new_name": "Mine"}).status_code == 404
