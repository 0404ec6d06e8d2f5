"""The board: one column a stage, at most fifty cards each, and a menu that moves them."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from leads.models import Category, Clinic, Lead, ReadRecord, User
from leads.triage.inbox.board_page import Column
from tests.cast import make_lead
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db


def board(client: Client, query: str = "") -> dict[str, Column]:
    response = client.get("/desk/board/" + query)
    assert response.status_code == 200
    return {column.stage.slug: column for column in response.context["columns"]}


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get("/desk/board/").status_code == 302


def test_for_those_without_rights_there_is_no_board(as_charlie: Client) -> None:
    assert as_charlie.get("/desk/board/").status_code == 404


def test_it_only_reads(as_bob: Client) -> None:
    assert as_bob.post("/desk/board/").status_code == 405


def test_each_open_stage_is_a_column(as_bob: Client, clinic: Clinic) -> None:
    make_lead(name="New", email="1@example.com")
    make_lead(name="Booked", email="2@example.com", category=Category.BOOKED)
    make_lead(name="Closed", email="3@example.com", category=Category.CLOSED)
    make_lead(name="Junk", email="4@example.com", screening="check")
    columns = board(as_bob)
    assert list(columns) == ["new", "contacted", "booked", "in-treatment"]
    assert {slug: [card.name for card in column.cards] for slug, column in columns.items() if column.cards} == {
        "new": ["New"],
        "booked": ["Booked"],
    }


MONDAY_TEN = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)  # 10 a.m. in New York, an hour after the clinic opened
FRIDAY_THREE = MONDAY_TEN - timedelta(days=2, hours=19)


@pytest.mark.parametrize(("waiting_since", "wait"), [
    (FRIDAY_THREE, "3 h"),  # two opening hours on Friday, one on Monday
    (MONDAY_TEN - timedelta(days=6), "6 d"),
    (MONDAY_TEN - timedelta(hours=2), "1 h"),
    (MONDAY_TEN, ""),  # its card says when we answer
])  # fmt: skip
@time_machine.travel(MONDAY_TEN, tick=False)
def test_the_head_tells_how_many_and_the_longest_wait_as_its_card_does(
    as_bob: Client, clinic: Clinic, waiting_since: datetime, wait: str
) -> None:
    for number in range(2):
        make_lead(email=f"{number}@example.com", waiting_since=waiting_since + number * timedelta(minutes=1))
    column = board(as_bob)["new"]
    assert (column.count, column.oldest_wait) == ("2", wait)
    assert column.cards[0].state.text == (f"Waiting {wait}" if wait else "By today 11 a.m.")


@time_machine.travel(MONDAY_TEN, tick=False)
def test_the_longest_wait_is_that_of_the_whole_stage(as_bob: Client, clinic: Clinic) -> None:
    for number in range(50):
        make_lead(email=f"{number}@example.com", due_at=MONDAY_TEN, waiting_since=MONDAY_TEN - timedelta(hours=1))
    make_lead(due_at=MONDAY_TEN + timedelta(days=9), waiting_since=MONDAY_TEN - timedelta(days=6))
    assert board(as_bob)["new"].oldest_wait == "6 d"


@time_machine.travel(MONDAY_TEN, tick=False)
def test_who_is_snoozed_is_no_longest_wait(as_bob: Client, clinic: Clinic) -> None:
    make_lead(waiting_since=FRIDAY_THREE, attention="snoozed", snoozed_until=MONDAY_TEN + timedelta(days=1))
    assert board(as_bob)["new"].oldest_wait == ""


def test_read_first_is_on_top(as_bob: Client, clinic: Clinic) -> None:
    make_lead(name="Calm", email="1@example.com", due_at=timezone.now() - timedelta(days=1))
    make_lead(name="Crisis", email="2@example.com", read_first=True)
    assert [card.name for card in board(as_bob)["new"].cards] == ["Crisis", "Calm"]


def test_after_fifty_there_is_more(as_bob: Client, clinic: Clinic) -> None:
    for number in range(51):
        make_lead(name=f"{number}", email=f"{number}@example.com")
    column = board(as_bob)["new"]
    assert len(column.cards) == 50
    more = board(as_bob, f"?stage=new&cursor={column.more}")["new"]
    assert ([card.name for card in more.cards], more.more) == (["50"], "")


@pytest.mark.parametrize("query", ["?stage=nonsense&cursor=nonsense", "?stage=new&cursor=%00", "?cursor=W10"])
def test_an_address_that_makes_no_sense_is_no_error(as_bob: Client, clinic: Clinic, query: str) -> None:
    make_lead()
    assert len(board(as_bob, query)["new"].cards) == 1


def test_after_a_change_a_column_is_as_long_as_it_was(as_bob: Client, clinic: Clinic) -> None:
    for number in range(101):
        make_lead(name=str(number), email=f"{number}@example.com", due_at=timezone.now() + timedelta(minutes=number))
    column = board(as_bob, "?more=new:2")["new"]
    assert [card.name for card in column.cards] == [str(number) for number in range(100)]
    assert [card.name for card in board(as_bob, f"?stage=new&cursor={column.more}")["new"].cards] == ["100"]


@pytest.mark.parametrize("more", ["new:0", "new:-1", "new:1e3", "new", ":", "new:²", "nowhere:2", "new:1"])
def test_a_length_that_makes_no_sense_is_one_page(as_bob: Client, clinic: Clinic, more: str) -> None:
    for number in range(51):
        make_lead(name=str(number), email=f"{number}@example.com")
    assert len(board(as_bob, f"?more={more}")["new"].cards) == 50


def people(number: int) -> None:
    for n in range(number):
        make_lead(name=f"{n}", email=f"{n}@example.com", due_at=timezone.now() + timedelta(minutes=n))


def next_of(client: Client, address: str) -> str:
    """What a card's menu names as the page to come back to."""
    found = re.search(r'name="next" value="([^"]*)"><input type="hidden" name="shown"', client.get(address).content.decode())
    assert found
    return html.unescape(found[1])


def test_what_is_changed_below_leads_back_there(as_bob: Client, clinic: Clinic) -> None:
    people(52)
    address = f"/desk/board/?stage=new&cursor={board(as_bob)['new'].more}"
    assert [card.name for card in board(as_bob, address.removeprefix("/desk/board/"))["new"].cards] == ["50", "51"]
    assert next_of(as_bob, address) == address
    lead = Lead.objects.get(name="50")
    answer = as_bob.post(f"/desk/leads/{lead.reference}/stage/", {"stage": "contacted", "next": next_of(as_bob, address)})
    assert answer.headers["Location"] == address
    assert [card.name for card in board(as_bob, address.removeprefix("/desk/board/"))["new"].cards] == ["51"]


def test_where_nobody_is_left_below_a_column_begins_at_its_top(as_bob: Client, clinic: Clinic) -> None:
    people(51)
    below = f"?stage=new&cursor={board(as_bob)['new'].more}"
    Lead.objects.filter(name="50").delete()
    assert len(board(as_bob, below)["new"].cards) == 50


@pytest.mark.parametrize("query", ["", "?stage=nowhere&cursor=W10", "?stage=new", "?next=//example.org", "?more=nowhere:2"])
def test_what_makes_no_sense_is_not_kept(as_bob: Client, lead: Lead, query: str) -> None:
    assert next_of(as_bob, f"/desk/board/{query}") == "/desk/board/"


def test_closing_leads_to_its_page(as_bob: Client, clinic: Clinic) -> None:
    lead = make_lead()
    shown = as_bob.get("/desk/board/?more=new:2").content.decode()
    assert f'href="/desk/leads/{lead.reference}/closing/?next=%2Fdesk%2Fboard%2F%3Fmore%3Dnew%253A2"' in shown
    assert 'value="closed"' not in shown


def test_a_card_moves_by_its_menu(as_bob: Client, clinic: Clinic) -> None:
    lead = make_lead()
    assert f'action="/desk/leads/{lead.reference}/stage/"' in as_bob.get("/desk/board/").content.decode()


def test_who_saw_whom_is_recorded_in_one_row(as_bob: Client, bob: User, clinic: Clinic) -> None:
    leads = [make_lead(email="1@example.com"), make_lead(email="2@example.com", category=Category.WON)]
    board(as_bob)
    record = ReadRecord.objects.get()
    assert (record.user, record.page, record.fields, sorted(record.leads)) == (bob, "board", "list", [lead.pk for lead in leads])


def test_the_number_of_queries_does_not_grow(as_bob: Client, bob: User) -> None:
    make_lead(owner=bob)
    few = queries(as_bob, "/desk/board/")
    for number in range(30):
        make_lead(email=f"{number}@example.com", owner=bob)
    assert queries(as_bob, "/desk/board/") == few <= 9
