"""What stops a follow-up that is stopped already stands as well: undoing the first cause resumes nothing."""

from collections.abc import Callable, Iterator

import pytest
import time_machine

from leads.followup.actions import hold, release_hold
from leads.models import CallOutcome, Enrolment, Lead, Stage, User
from leads.triage.bookings.bookings import cancel
from leads.triage.decisions.actions import change_stage, log_call, mark_contacted
from leads.triage.undo.undo import undo
from tests.capture.mailed import arrive, mail
from tests.cast import vera_writes
from tests.triage.booked import FRIDAY, booked

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera() -> Iterator[Lead]:
    with time_machine.travel(FRIDAY, tick=True):
        yield Lead.objects.get(reference=vera_writes().reference)


def state() -> str:
    return Enrolment.objects.get().state


def books(lead: Lead, by: User) -> None:
    booked(lead, by)


def contacts(lead: Lead, by: User) -> None:
    mark_contacted(by=by, lead=lead)


def speaks(lead: Lead, by: User) -> None:
    log_call(by=by, lead=lead, outcome=CallOutcome.SPOKE)


def replies(lead: Lead, by: User) -> None:
    arrive(mail(about=lead.messages.get(kind="acknowledgement")))


@pytest.mark.parametrize("stops", [books, contacts, speaks, replies])
def test_a_released_hold_does_not_undo_it(vera: Lead, bob: User, stops: Callable[[Lead, User], None]) -> None:
    hold(lead=vera, by=bob)
    stops(vera, bob)
    release_hold(lead=vera, by=bob)
    assert state() == "stopped"


def test_a_call_that_reached_nobody_stops_nothing(vera: Lead, bob: User) -> None:
    hold(lead=vera, by=bob)
    log_call(by=bob, lead=vera, outcome=CallOutcome.NO_ANSWER)
    release_hold(lead=vera, by=bob)
    assert state() == "running"


def test_what_was_undone_stops_nothing(vera: Lead, bob: User) -> None:
    hold(lead=vera, by=bob)
    mark_contacted(by=bob, lead=vera)
    undo(by=bob, lead=vera, noun="contacted")
    release_hold(lead=vera, by=bob)
    assert state() == "running"


def test_nor_does_undoing_a_stage(vera: Lead, bob: User) -> None:
    change_stage(by=bob, lead=vera, stage=Stage.objects.create(name="Second look", slug="second-look", category="new", position=90))
    booking = booked(vera, bob)
    undo(by=bob, lead=vera, noun="stage")
    assert state() == "stopped"
    cancel(by=bob, booking=booking)
    assert state() == "stopped"


def test_a_reply_in_a_crisis_stops_it_for_good(vera: Lead, bob: User) -> None:
    arrive(mail(about=vera.messages.get(kind="acknowledgement"), text="I want to kill myself."))
    vera.refresh_from_db()
    assert vera.held_at
    release_hold(lead=vera, by=bob)
    assert state() == "stopped"
