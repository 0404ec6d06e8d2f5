"""The inbox: who waits, the longest first, and nothing of what they wrote."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.models import Category, Clinic, Lead, ReadRecord, User
from tests.cast import make_lead, vera_writes
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db


def names(client: Client, query: str = "") -> list[str]:
    response = client.get("/desk/" + query)
    assert response.status_code == 200
    return [row.name for row in response.context["rows"]]


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    response = client.get("/desk/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_for_those_without_rights_there_is_no_desk(as_charlie: Client) -> None:
    assert as_charlie.get("/desk/").status_code == 404


def test_it_only_reads(as_bob: Client) -> None:
    assert as_bob.post("/desk/").status_code == 405


def test_it_is_kept_by_no_cache(as_bob: Client) -> None:
    assert as_bob.get("/desk/").headers["Cache-Control"] == "no-store"


def test_when_nobody_waits_it_says_so(as_bob: Client) -> None:
    assert "All caught up." in as_bob.get("/desk/").content.decode()


def test_the_longest_waiting_is_on_top_and_read_first_above_all(as_bob: Client) -> None:
    now = timezone.now()
    make_lead(name="Second", email="2@example.com", due_at=now)
    make_lead(name="First", email="1@example.com", due_at=now - timedelta(hours=1))
    make_lead(name="Crisis", email="0@example.com", due_at=now + timedelta(hours=1), read_first=True)
    assert names(as_bob) == ["Crisis", "First", "Second"]


def test_who_may_not_be_safe_is_not_hidden_in_check(as_bob: Client) -> None:
    assert "may not be safe" not in as_bob.get("/desk/").content.decode()
    make_lead(name="Older", email="1@example.com", screening="check", read_first=True, received_at=timezone.now() - timedelta(days=1))
    make_lead(name="Newer", email="2@example.com", screening="check")
    assert "may not be safe" in as_bob.get("/desk/").content.decode()
    assert names(as_bob, "?view=check") == ["Older", "Newer"]


def test_who_may_not_be_safe_is_not_put_off_from_the_list(as_bob: Client) -> None:
    lead = make_lead(read_first=True)
    shown = as_bob.get("/desk/").content.decode()
    assert reverse("lead_contacted", args=[lead.reference]) in shown
    assert reverse("lead_done", args=[lead.reference]) not in shown


def test_each_view_shows_its_leads(as_bob: Client, alice: User, bob: User) -> None:
    later = timezone.now() + timedelta(days=1)
    make_lead(name="Waits", email="1@example.com")
    make_lead(name="Bob's", email="2@example.com", owner=bob)
    make_lead(name="Alice's", email="3@example.com", owner=alice)
    make_lead(name="Sleeps", email="4@example.com", owner=alice, attention="snoozed", snoozed_until=later, due_at=later)
    make_lead(name="Gone", email="5@example.com", category=Category.CLOSED)
    make_lead(name="Junk", email="6@example.com", screening="check")
    make_lead(name="Spam", email="7@example.com", screening="spam")
    assert sorted(names(as_bob, "?view=needs-us")) == ["Alice's", "Bob's", "Waits"]
    assert names(as_bob, "?view=mine") == ["Bob's"]
    assert names(as_bob, "?view=unassigned") == ["Waits"]
    assert names(as_bob, "?view=snoozed") == ["Sleeps"]
    assert sorted(names(as_bob, "?view=everyone")) == ["Alice's", "Bob's", "Gone", "Sleeps", "Waits"]
    assert names(as_bob, "?view=check") == ["Junk"]


def test_filters_narrow_a_view(as_bob: Client, bob: User) -> None:
    make_lead(name="A", email="a@example.com", topic="cost", owner=bob)
    make_lead(name="B", email="b@example.com", topic="how", category=Category.BOOKED)
    assert names(as_bob, "?topic=cost") == ["A"]
    assert names(as_bob, "?stage=booked") == ["B"]
    assert names(as_bob, f"?owner={bob.pk}") == ["A"]
    assert names(as_bob, "?owner=none") == ["B"]
    assert names(as_bob, "?owner=none&topic=cost") == []


def test_search_looks_at_everyone(as_bob: Client) -> None:
    make_lead(name="Dana Whitfield", email="d@example.com", category=Category.CLOSED)
    make_lead(name="Else", email="e@example.com")
    assert names(as_bob, "?q=dana") == ["Dana Whitfield"]


@pytest.mark.parametrize("query", [
    "?view=nonsense", "?stage=nonsense", "?topic=nonsense", "?owner=nonsense", "?owner=٣", "?owner=99999999999999999999",
    "?cursor=nonsense", "?q=%00", "?view=mine&cursor=W10", "?stage=%00&q=%F0%9F%99%82",
])  # fmt: skip
def test_an_address_that_makes_no_sense_is_no_error(as_bob: Client, query: str) -> None:
    assert as_bob.get("/desk/" + query).status_code == 200


def test_pages_hang_together(as_bob: Client) -> None:
    for number in range(51):
        make_lead(name=f"{number}", email=f"{number}@example.com")
    first = as_bob.get("/desk/?view=needs-us")
    assert len(first.context["rows"]) == 50
    second = as_bob.get("/desk/?" + first.context["older"])
    assert [row.name for row in second.context["rows"]] == ["50"]
    assert len(as_bob.get("/desk/?" + second.context["newer"]).context["rows"]) == 50


def test_what_they_wrote_is_not_in_the_list(as_bob: Client) -> None:
    vera_writes(message="a very private matter")
    assert "private matter" not in as_bob.get("/desk/").content.decode()


def test_who_saw_whom_is_recorded_in_one_row(as_bob: Client, bob: User) -> None:
    leads = [make_lead(email="1@example.com"), make_lead(email="2@example.com")]
    as_bob.get("/desk/")
    record = ReadRecord.objects.get()
    assert (record.user, record.page, record.fields, sorted(record.leads)) == (bob, "inbox", "list", [lead.pk for lead in leads])


def test_an_empty_list_shows_nobody(as_bob: Client) -> None:
    as_bob.get("/desk/")
    assert not ReadRecord.objects.exists()


def test_the_number_of_queries_does_not_grow(as_bob: Client, bob: User) -> None:
    make_lead(owner=bob)
    few = queries(as_bob, "/desk/")
    for number in range(40):
        make_lead(email=f"{number}@example.com", owner=bob)
    assert queries(as_bob, "/desk/") == few <= 5


@pytest.mark.parametrize(("opened", "text", "tone"), [
    (0, "By today 4 p.m.", ""),
    (60, "Waiting 1 h", ""),
    (180, "Waiting 3 h", "warn"),
    (300, "Waiting 5 h", "danger"),
])  # fmt: skip
def test_the_wait_is_told_against_the_promise(as_bob: Client, clinic: Clinic, opened: int, text: str, tone: str) -> None:
    since = datetime(2026, 6, 1, 16, 0, tzinfo=UTC)  # noon in New York: four opening hours later it is 4 p.m.
    make_lead(waiting_since=since, received_at=since, due_at=since + timedelta(hours=4))
    with time_machine.travel(since + timedelta(minutes=opened), tick=False):
        row = as_bob.get("/desk/").context["rows"][0]
    assert (row.state.text, row.state.tone) == (text, tone)


def test_the_night_is_no_waiting_time(as_bob: Client, clinic: Clinic) -> None:
    since = datetime(2026, 6, 1, 20, 30, tzinfo=UTC)  # 16:30 in New York
    make_lead(waiting_since=since, due_at=datetime(2026, 6, 2, 16, 30, tzinfo=UTC))
    with time_machine.travel(datetime(2026, 6, 2, 13, 15, tzinfo=UTC), tick=False):
        assert as_bob.get("/desk/").context["rows"][0].state.text == "Waiting 45 min"


def test_a_phone_call_is_told_with_its_rule(as_bob: Client) -> None:
    make_lead(reply_by="call", may_leave_voicemail=True)
    assert as_bob.get("/desk/").context["rows"][0].reach == "Call, voicemail is fine"


def test_many_are_told_as_many(as_bob: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leads.triage.words.counts.MANY", 3)
    for number in range(4):
        make_lead(email=f"{number}@example.com")
    assert as_bob.get("/desk/").context["tabs"][0].count == "2+"


def test_disabled_colleagues_see_nothing(as_bob: Client, bob: User, lead: Lead) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert as_bob.get("/desk/").status_code in (302, 404)
