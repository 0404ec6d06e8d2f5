"""A list with a name: at an address of its own, for oneself or for everybody."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from leads.models import Clinic, SavedView, User
from leads.triage.lists.saved_views import MOST
from tests.cast import make_lead
from tests.triage.lead_page import said
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db


def save(client: Client, name: str = "Costs", query: str = "topic=cost", **fields: str) -> Any:
    return client.post(reverse("saved_views"), {"name": name, "query": query} | fields)


def url(name: str, view: SavedView) -> str:
    return reverse(name, args=[view.slug])


@pytest.fixture
def costs(as_bob: Client) -> SavedView:
    save(as_bob)
    return SavedView.objects.get()


def test_it_shows_what_it_was_made_of(as_bob: Client, costs: SavedView, clinic: Clinic) -> None:
    make_lead(name="Asks the price", topic="cost")
    make_lead(name="Asks how", topic="how")
    page = as_bob.get(url("saved_view", costs)).content.decode()
    assert "Asks the price" in page
    assert "Asks how" not in page
    assert "<title>Costs" in page


def test_it_has_pages_like_any_list(as_bob: Client, costs: SavedView, clinic: Clinic) -> None:
    for number in range(51):
        make_lead(name=f"Lead {number}", topic="cost")
    first = as_bob.get(url("saved_view", costs)).context
    older = as_bob.get(f"{url('saved_view', costs)}?{first['older']}").context
    shown = {row.name for row in [*first["rows"], *older["rows"]]}
    assert len(shown) == 51


def test_only_what_a_list_understands_is_kept(as_bob: Client) -> None:
    save(as_bob, query="topic=cost&cursor=abc&evil=%3Cscript%3E&stage=nowhere&view=mine")
    assert SavedView.objects.get().query == "view=mine&topic=cost"


def test_whom_somebody_looks_for_is_sealed(as_bob: Client) -> None:
    save(as_bob, query="q=vera+lind")
    assert SavedView.objects.get().query == "view=everyone&q=vera+lind"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM leads_savedview")
        assert b"vera" not in b" ".join(
            bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in cursor.fetchone()
        )


def test_its_own_person_alone_sees_it(as_alice: Client, costs: SavedView) -> None:
    assert as_alice.get(url("saved_view", costs)).status_code == 404
    assert "Costs" not in as_alice.get(reverse("inbox")).content.decode()
    assert as_alice.post(url("saved_view_remove", costs)).status_code == 404


def test_shared_everybody_sees_it_and_each_has_their_own_in_it(as_alice: Client, as_bob: Client, alice: User) -> None:
    save(as_bob, query="view=mine", shared="on")
    make_lead(name="Alice’s", owner=alice)
    page = as_alice.get(url("saved_view", SavedView.objects.get()))
    assert [row.name for row in page.context["rows"]] == ["Alice’s"]


def test_a_manager_may_change_what_is_shared_and_a_colleague_may_not(as_alice: Client, as_bob: Client, alice: User, bob: User) -> None:
    view = SavedView.objects.create(owner=alice, name="All", slug="all-1", query="view=everyone", shared=True)
    assert as_bob.post(url("saved_view_change", view), {"name": "Mine now"}).status_code == 404
    theirs = SavedView.objects.create(owner=bob, name="Late", slug="late-1", query="wait=late", shared=True)
    as_alice.post(url("saved_view_change", theirs), {"name": "Too late", "shared": "on"})
    assert SavedView.objects.get(pk=theirs.pk).name == "Too late"
    as_alice.post(url("saved_view_remove", theirs))
    assert not SavedView.objects.filter(pk=theirs.pk).exists()


def test_it_is_renamed_and_shared_by_its_person(as_bob: Client, costs: SavedView) -> None:
    as_bob.post(url("saved_view_change", costs), {"name": "Prices", "shared": "on"})
    costs.refresh_from_db()
    assert (costs.name, costs.shared) == ("Prices", True)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "two\nlines"])
def test_a_name_that_is_none_is_refused_with_a_sentence(as_bob: Client, name: str) -> None:
    response = save(as_bob, name=name)
    assert said(response) == ["Name the view in 1 to 60 characters."]
    assert "topic=cost" in response["Location"], "back to the list as it was"
    assert not SavedView.objects.exists()


def test_a_name_can_be_had_once(as_bob: Client, as_alice: Client, costs: SavedView) -> None:
    assert said(save(as_bob))[-1] == "You have a view of this name already. Choose another one."
    save(as_alice)
    assert SavedView.objects.count() == 2, "hers is another one"


def test_there_is_an_end_to_them(as_bob: Client, bob: User) -> None:
    SavedView.objects.bulk_create(SavedView(owner=bob, name=f"{n}", slug=f"{n}") for n in range(MOST))
    assert "Remove one" in said(save(as_bob))[0]


def test_counts_come_after_the_list(as_bob: Client, costs: SavedView, clinic: Clinic) -> None:
    make_lead(topic="cost")
    assert 'Costs <span class="count"></span>' in as_bob.get(reverse("inbox")).content.decode()
    cache.clear()
    assert 'Costs <span class="count">1</span>' in as_bob.get(reverse("saved_views_counts")).content.decode()


def test_the_list_costs_the_same_however_many_there_are(as_bob: Client, bob: User, clinic: Clinic) -> None:
    few = queries(as_bob, reverse("inbox"))
    SavedView.objects.bulk_create(SavedView(owner=bob, name=f"{n}", slug=f"{n}") for n in range(20))
    assert queries(as_bob, reverse("inbox")) == few
