"""Their own page tells what is booked with them, on their clock, to whoever comes by the link in our mail."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from leads.models import Lead, User
from leads.triage.bookings.bookings import cancel
from tests.capture.visiting import from_mail, from_thanks, look
from tests.cast import make_lead
from tests.triage.booked import FRIDAY, TUESDAY, booked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


@pytest.fixture
def friday() -> Iterator[None]:
    with time_machine.travel(FRIDAY, tick=False):
        yield


@pytest.mark.parametrize(
    ("fields", "kind", "said"),
    [
        ({}, "call", "Your call: <strong>Tuesday 1 December, 2:00 pm</strong> (EST)"),
        ({"time_zone": "America/Chicago"}, "call", "Your call: <strong>Tuesday 1 December, 1:00 pm</strong> (CST)"),
        ({"time_zone": "Asia/Tokyo"}, "consultation", "Your consultation: <strong>Wednesday 2 December, 4:00 am</strong> (JST)"),
    ],
)
def test_when_on_their_clock(bob: User, fields: dict[str, Any], kind: str, said: str) -> None:
    lead = make_lead(**fields)
    booked(lead, bob, kind=kind, note="Asks for Kim.")
    shown = look(from_mail(lead))
    assert said in shown
    assert "Kim" not in shown


def test_what_is_cancelled_or_over_is_not_there(lead: Lead, bob: User) -> None:
    booking = booked(lead, bob)
    with time_machine.travel(TUESDAY, tick=False):
        assert "Your call" not in look(from_mail(lead))
    cancel(by=bob, booking=booking)
    assert "Your time with us" not in look(from_mail(lead))


def test_the_thank_you_page_which_anybody_sees_tells_nothing(clinic: Any, bob: User) -> None:
    thanks = from_thanks()
    booked(Lead.objects.get(), bob)
    assert "Your call" in look(from_mail(Lead.objects.get()))
    assert "Your call" not in look(thanks)
