"""A mail about a booking that failed is sent again as long as what it says still stands, and leaves."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail

from leads.followup.again import send_failed_again
from leads.followup.crew import deliver_due
from leads.models import Booking, Lead, Message, User
from leads.policy.refused import Refused
from leads.triage.bookings.bookings import move
from tests.cast import make_lead
from tests.triage.booked import DAY, FRIDAY, TUESDAY, booked

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def booking(clock: Any, bob: User) -> Booking:
    booking = booked(make_lead(), bob)
    Message.objects.filter(kind="booking").update(state="failed")
    return booking


def failed() -> Message:
    return Message.objects.get(kind="booking", state="failed")


def test_it_leaves(booking: Booking, bob: User, clock: Any) -> None:
    assert send_failed_again(message=failed(), by=bob)
    clock.shift(timedelta(seconds=1))
    deliver_due()
    assert Message.objects.get(again_of=failed()).state == "sent"
    assert [str(letter.subject) for letter in mail.outbox] == ["Tuesday, December 1, 2 p.m. (EST)"]


def test_a_move_takes_it_back(booking: Booking, bob: User) -> None:
    send_failed_again(message=failed(), by=bob)
    move(by=bob, booking=booking, starts_at=TUESDAY + DAY, minutes=30)
    assert Message.objects.get(again_of=failed()).state == "cancelled"


def test_what_no_longer_stands_is_not_told_again(booking: Booking, bob: User) -> None:
    move(by=bob, booking=booking, starts_at=TUESDAY + DAY, minutes=30)
    with pytest.raises(Refused, match="has changed since"):
        send_failed_again(message=failed(), by=bob)


def test_nor_what_is_over(booking: Booking, bob: User, clock: Any) -> None:
    clock.move_to(TUESDAY)
    with pytest.raises(Refused, match="has begun already"):
        send_failed_again(message=failed(), by=bob)


def test_nor_to_who_asked_us_not_to_email(booking: Booking, bob: User) -> None:
    Lead.objects.update(no_email=True)
    with pytest.raises(Refused, match="asked us not to email"):
        send_failed_again(message=failed(), by=bob)
