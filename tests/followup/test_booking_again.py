"""A mail about a booking that failed, sent again: with what it says of the booking, and only while that still stands."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine

from leads.followup.again import send_failed_again
from leads.followup.crew import deliver_due
from leads.models import Lead, Message, User
from leads.triage.bookings import move
from tests.cast import make_lead
from tests.triage.booked import DAY, FRIDAY, HOUR, TUESDAY, booked

pytestmark = pytest.mark.django_db
MONDAY_MORNING = TUESDAY - DAY - 5 * HOUR  # 9:00 in New York


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def vera(clock: Any, db: None) -> Lead:
    return make_lead()


def deliver_at(clock: Any, moment: datetime) -> None:
    clock.move_to(moment)
    deliver_due()


@pytest.mark.parametrize("kind", ["booking", "reminder"])
def test_one_that_failed_is_sent_again(vera: Lead, bob: User, clock: Any, kind: str) -> None:
    booked(vera, bob)
    Message.objects.filter(kind=kind).update(state="failed")
    send_failed_again(message=Message.objects.get(kind=kind), by=bob)
    deliver_at(clock, MONDAY_MORNING)
    assert [message.state for message in Message.objects.filter(kind=kind).order_by("created_at")] == ["failed", "sent"]


def test_one_that_failed_is_not_sent_again_about_a_time_that_no_longer_stands(vera: Lead, bob: User, clock: Any) -> None:
    booking = booked(vera, bob)
    Message.objects.filter(kind="booking").update(state="failed")
    failed = Message.objects.get(kind="booking")
    move(by=bob, booking=booking, starts_at=TUESDAY + HOUR, minutes=30)
    again = send_failed_again(message=failed, by=bob)
    deliver_at(clock, MONDAY_MORNING)
    assert again
    again.refresh_from_db()
    assert (again.state, again.reason) == ("suppressed", "replaced")
