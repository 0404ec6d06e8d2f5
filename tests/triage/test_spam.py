"""What was marked as spam stays within reach: a choice in Check shows it, and searching there finds it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from leads.models import Lead, ReadRecord
from leads.triage.words.pages import NEWEST
from tests.cast import make_lead
from tests.triage.queries import queries
from tests.triage.test_inbox import names

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three(db: None) -> None:
    make_lead(name="Dana Accepted", email="1@example.com")
    make_lead(name="Dana Check", email="2@example.com", screening="check")
    make_lead(name="Dana Spam", email="3@example.com", phone="+12125550104", screening="spam", reference="7K3M-92QX")


def test_a_choice_in_check_shows_it_the_newest_first(as_bob: Client) -> None:
    make_lead(name="Older", email="4@example.com", screening="spam", read_first=True, received_at=timezone.now() - timedelta(days=1))
    assert names(as_bob, "?view=check&screening=spam") == ["Dana Spam", "Older"]


def test_without_the_choice_it_is_out_of_the_way(as_bob: Client) -> None:
    assert names(as_bob, "?view=check") == ["Dana Check"]


@pytest.mark.parametrize("text", ["dana", "Dana Spam", "3@example.com", "212 555 0104", "7K3M-92QX"])
def test_searching_in_check_finds_it(as_bob: Client, text: str) -> None:
    assert "Dana Spam" in names(as_bob, f"?view=check&q={text}")


def test_searching_in_check_finds_what_waits_there_too(as_bob: Client) -> None:
    assert sorted(names(as_bob, "?view=check&q=dana")) == ["Dana Check", "Dana Spam"]


def test_searching_in_spam_finds_nothing_else(as_bob: Client) -> None:
    assert names(as_bob, "?view=check&screening=spam&q=dana") == ["Dana Spam"]


@pytest.mark.parametrize(
    "query", ["?view=everyone&screening=spam", "?view=needs-us&screening=spam", "?view=everyone&screening=spam&q=dana"]
)
def test_no_other_view_knows_the_choice(as_bob: Client, query: str) -> None:
    assert names(as_bob, query) == ["Dana Accepted"]


@pytest.mark.parametrize("choice", ["nonsense", "accepted", "%00"])
def test_a_choice_that_makes_no_sense_is_left_out(as_bob: Client, choice: str) -> None:
    assert names(as_bob, f"?view=check&screening={choice}") == ["Dana Check"]


def test_only_check_offers_the_choice(as_bob: Client) -> None:
    assert 'name="screening"' not in as_bob.get("/desk/?view=everyone").content.decode()
    page = as_bob.get("/desk/?view=check&screening=spam").content.decode()
    assert '<option value="spam" selected>Spam</option>' in page
    assert page.count('aria-current="page">Check') == 1


def test_who_searches_from_check_stays_there(as_bob: Client) -> None:
    assert '<input type="hidden" name="view" value="check">' in search_box(as_bob, "?view=check")
    assert "hidden" not in search_box(as_bob, "?view=mine").replace("visually-hidden", "").replace("aria-hidden", "")


def search_box(client: Client, query: str) -> str:
    return client.get("/desk/" + query).content.decode().partition('role="search"')[2].partition("</form>")[0]


def test_where_nobody_is_found_the_way_to_check_is_shown(as_bob: Client) -> None:
    page = as_bob.get("/desk/?q=Dana+Spam").content.decode()
    assert '?view=check&amp;q=Dana%20Spam"' in page
    assert "Look in Check and spam" not in as_bob.get("/desk/?view=check&q=nobody").content.decode()


def test_who_saw_it_is_recorded(as_bob: Client) -> None:
    as_bob.get("/desk/?view=check&screening=spam")
    assert ReadRecord.objects.get().leads == [Lead.objects.get(screening="spam").pk]


def test_it_costs_no_more_queries_and_an_index_gives_the_order(as_bob: Client) -> None:
    assert queries(as_bob, "/desk/?view=check&screening=spam") == queries(as_bob, "/desk/?view=check") <= 5
    plan = Lead.objects.spam().order_by(*NEWEST)[:51].explain()
    assert "lead_spam" in plan or connection.vendor == "postgresql"  # which reads so few rows as they come
    assert "TEMP B-TREE" not in plan
