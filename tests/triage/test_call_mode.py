"""Call mode: one lead at a time, each outcome sets the next step, and nobody is called by two."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from leads.models import Attention, CallTurn, Clinic, Event, EventKind, Lead, ReadRecord, User
from tests.cast import make_lead

pytestmark = pytest.mark.django_db
MONDAY_TEN = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)  # 10 a.m. in New York
PAGE, NEXT, OUTCOME, STORY = (f"/desk/calls/{noun}" for noun in ("", "next/", "outcome/", "story/"))


def caller(name: str, **fields: Any) -> Lead:
    defaults = {"email": f"{name.lower()}@example.com", "phone": "+15550100177", "reply_by": "call"}
    return make_lead(name=name, **(defaults | fields))


@pytest.fixture
def two(clinic: Clinic) -> list[Lead]:
    now = timezone.now()
    return [caller("Ada", due_at=now + timedelta(minutes=1)), caller("Ben", due_at=now + timedelta(minutes=2))]


def begin(client: Client) -> str:
    return shown(client.post(NEXT, {"begin": "yes"}, follow=True))


def shown(response: Any) -> str:
    lead = response.context["lead"]
    return lead.name if lead else ""


def outcome(client: Client, lead: Lead, code: str, **typed: str) -> str:
    name = shown(client.post(OUTCOME, {"reference": lead.reference, "outcome": code} | typed, follow=True))
    lead.refresh_from_db()
    return name


def test_before_it_begins_it_tells_how_many_and_shows_nobody(as_bob: Client, two: list[Lead]) -> None:
    page = as_bob.get(PAGE).content.decode()
    assert "2 people can be called now." in page
    assert "Ada" not in page
    assert not ReadRecord.objects.exists()


def test_who_has_waited_longest_comes_first_and_skipping_goes_on(as_bob: Client, two: list[Lead]) -> None:
    assert begin(as_bob) == "Ada"
    assert shown(as_bob.post(NEXT, {"skip": "yes"}, follow=True)) == "Ben"
    assert shown(as_bob.post(NEXT, {"skip": "yes"}, follow=True)) == ""
    assert begin(as_bob) == "Ada"


def test_number_rules_and_question_are_on_the_page_and_the_story_is_not(as_bob: Client, bob: User, two: list[Lead]) -> None:
    begin(as_bob)
    page = as_bob.get(PAGE).content.decode()
    for words in ('href="tel:+15550100177"', "No voicemail.", "whether the clinic’s name may be said", "None yet.", "1 of 2"):
        assert words in page
    record = ReadRecord.objects.last()
    assert record
    assert (record.user, record.page, record.fields, record.leads) == (bob, "calls", "details", [two[0].pk])


def test_opening_what_they_wrote_is_recorded_and_loses_no_note(as_bob: Client, two: list[Lead]) -> None:
    begin(as_bob)
    page = as_bob.post(STORY, {"text": "rang twice"}).content.decode()
    assert "rang twice" in page
    assert two[0].events.get().kind == EventKind.STORY_READ
    assert Event.objects.filter(text__isnull=False).count() == 0


@pytest.mark.parametrize(("code", "attention"), [("spoke", "done"), ("voicemail", "done"), ("wrong_number", "needs_us")])
def test_an_outcome_sets_the_next_step_and_goes_on(as_bob: Client, two: list[Lead], code: str, attention: str) -> None:
    begin(as_bob)
    assert outcome(as_bob, two[0], code, text="a word") == "Ben"
    assert two[0].attention == attention
    event = two[0].events.get(kind=EventKind.CALLED)
    assert (event.data["outcome"], event.text) == (code, "a word")


@pytest.mark.parametrize(
    ("at", "code", "until"),
    [
        (MONDAY_TEN, "no_answer", MONDAY_TEN + timedelta(hours=3)),
        (MONDAY_TEN, "busy", MONDAY_TEN + timedelta(minutes=30)),
        (MONDAY_TEN + timedelta(hours=6), "no_answer", MONDAY_TEN + timedelta(hours=23)),  # 4 p.m.: when we open on Tuesday
    ],
)
def test_whom_nobody_reached_is_tried_again_when_we_are_open(
    as_bob: Client, clinic: Clinic, at: datetime, code: str, until: datetime
) -> None:
    with time_machine.travel(at, tick=False):
        lead = caller("Ada", waiting_since=at - timedelta(hours=1))
        begin(as_bob)
        outcome(as_bob, lead, code)
    assert (lead.attention, lead.snoozed_until) == (Attention.SNOOZED, until)
    assert lead.waiting_since is not None  # they know nothing of it and still wait


def test_whoever_may_not_be_safe_is_never_put_off(as_bob: Client, two: list[Lead]) -> None:
    Lead.objects.filter(pk=two[0].pk).update(read_first=True)
    begin(as_bob)
    assert outcome(as_bob, two[0], "no_answer") == "Ben"
    assert (two[0].attention, two[0].read_first) == (Attention.NEEDS_US, True)


def test_a_wrong_number_is_not_offered_again(as_bob: Client, two: list[Lead]) -> None:
    begin(as_bob)
    outcome(as_bob, two[0], "wrong_number")
    assert two[0].next_action == "other_way"
    assert begin(as_bob) == "Ben"


def test_undo_puts_them_back(as_bob: Client, two: list[Lead]) -> None:
    begin(as_bob)
    outcome(as_bob, two[0], "no_answer")
    as_bob.post(f"/desk/leads/{two[0].reference}/call/remove/", {"next": PAGE})
    two[0].refresh_from_db()
    assert (two[0].attention, two[0].snoozed_until) == (Attention.NEEDS_US, None)


def test_at_the_end_it_says_what_came_of_it(as_bob: Client, two: list[Lead]) -> None:
    begin(as_bob)
    outcome(as_bob, two[0], "spoke")
    outcome(as_bob, two[1], "no_answer")
    page = as_bob.get(PAGE).content.decode()
    assert "Spoke to them: 1" in page
    assert "No answer: 1" in page
    assert "Nobody waits for a call now." in page


@pytest.mark.parametrize(
    "fields", [{"phone": ""}, {"reply_by": "email"}, {"reply_by": "text"}, {"attention": "done"}, {"screening": "check"}]
)
def test_who_cannot_or_need_not_be_called_is_not_offered(as_bob: Client, clinic: Clinic, fields: dict[str, str]) -> None:
    caller("Ada", **fields)
    assert begin(as_bob) == ""


@time_machine.travel(MONDAY_TEN, tick=False)
def test_who_asked_for_other_hours_waits_for_them(as_bob: Client, clinic: Clinic) -> None:
    caller("Ada", asked_hours="any evening")
    caller("Ben", asked_hours="any evening", time_zone="Europe/Madrid")  # 4 p.m. there
    caller("Cleo", asked_hours="any afternoon", time_zone="Europe/Madrid")
    assert begin(as_bob) == "Cleo"
    assert "2 more people wait for the hours that they asked for." in as_bob.get(PAGE).content.decode()


def test_two_colleagues_get_two_people(as_bob: Client, as_alice: Client, two: list[Lead]) -> None:
    assert (begin(as_bob), begin(as_alice)) == ("Ada", "Ben")


def test_a_turn_ends_by_itself(as_bob: Client, as_alice: Client, two: list[Lead]) -> None:
    begin(as_bob)
    CallTurn.objects.update(until=timezone.now())
    assert begin(as_alice) == "Ada"
    assert outcome(as_bob, two[0], "spoke") == ""
    assert not two[0].events.exists()


def test_an_outcome_for_somebody_else_is_refused(as_bob: Client, two: list[Lead]) -> None:
    begin(as_bob)
    outcome(as_bob, two[1], "spoke")
    assert not Event.objects.exists()


def test_the_same_outcome_twice_is_logged_once(as_bob: Client, two: list[Lead]) -> None:
    begin(as_bob)
    outcome(as_bob, two[0], "spoke")
    outcome(as_bob, two[0], "spoke")
    assert two[0].events.filter(kind=EventKind.CALLED).count() == 1


def test_what_is_no_outcome_keeps_the_note(as_bob: Client, two: list[Lead]) -> None:
    begin(as_bob)
    answer = as_bob.post(OUTCOME, {"reference": two[0].reference, "outcome": "nonsense", "text": "rang twice"})
    assert (answer.status_code, "rang twice" in answer.content.decode()) == (400, True)


def test_it_is_for_those_who_work_on_leads(as_charlie: Client, client: Client) -> None:
    assert as_charlie.get(PAGE).status_code == 404
    assert client.get(PAGE).status_code == 302
    assert as_charlie.post(NEXT).status_code == 404
