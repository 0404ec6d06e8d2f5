"""The booking panel of a lead's page: what is booked, in plain words, and the boxes that set a time."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leads.models import Booking, Clinic, Closure, Lead, User
from leads.triage.bookings.booking_panel import BookingPanel
from leads.triage.bookings.bookings import cancel
from leads.triage.decisions.outcomes import Calendar
from tests.cast import asks_to_be_reached, make_lead
from tests.triage.booked import DAY, FRIDAY, TUESDAY, booked
from tests.triage.lead_page import page, press, said, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
CALL = {"booking-kind": "call", "booking-day": "2026-12-01", "booking-time": "14:00", "booking-minutes": "30", "booking-note": ""}


@pytest.fixture
def friday() -> Iterator[None]:
    with time_machine.travel(FRIDAY, tick=False):
        yield


@pytest.fixture
def vera(clinic: Clinic) -> Lead:
    return make_lead()


def test_a_time_is_booked(as_bob: Client, vera: Lead, bob: User) -> None:
    response = press(as_bob, "booking", vera, **CALL | {"booking-note": "Asks for Kim."})
    assert said(response) == ["Booked: Tuesday 1 December 2026, 2 p.m."]
    booking = Booking.objects.get()
    assert (booking.kind, booking.starts_at, booking.minutes, booking.note, booking.by) == ("call", TUESDAY, 30, "Asks for Kim.", bob)
    shown = page(as_bob, vera)
    assert "Call, 30 minutes</strong><br>Tuesday 1 December 2026, 2 p.m.</p>" in shown
    assert "Asks for Kim." in shown
    assert "Booked a call: Tuesday 2 p.m." in shown
    assert "Confirmation of the booking</strong> will be sent" in shown
    assert "Reminder</strong> will be sent" in shown


def test_both_clocks_are_told_where_they_differ(as_bob: Client, vera: Lead, bob: User) -> None:
    Lead.objects.update(time_zone="America/Chicago")
    booked(vera, bob)
    assert "Tuesday 1 December 2026, 2 p.m. here; 1 p.m. for them" in page(as_bob, vera)
    Lead.objects.update(time_zone="Asia/Tokyo")
    assert "2 p.m. here; Wednesday 2 December 2026, 4 a.m. for them" in page(as_bob, vera)


def test_twice_is_once(as_bob: Client, vera: Lead) -> None:
    press(as_bob, "booking", vera, **CALL)
    press(as_bob, "booking", vera, **CALL)
    assert Booking.objects.count() == 1


def test_what_is_there_already_does_not_move(as_bob: Client, vera: Lead, bob: User) -> None:
    booking = booked(vera, bob)
    boxes = {f"{booking.pk.hex}-{name}": value for name, value in (("day", "2026-12-01"), ("time", "14:00"), ("minutes", "30"))}
    response = press(as_bob, "booking_move", vera, booking=str(booking.pk), **boxes)
    assert said(response) == ["It is there already: Tuesday 1 December 2026, 2 p.m."]


def test_it_moves(as_bob: Client, vera: Lead, bob: User) -> None:
    booking = booked(vera, bob)
    boxes = {f"{booking.pk.hex}-{name}": value for name, value in (("day", "2026-12-02"), ("time", "09:30"), ("minutes", "45"))}
    response = press(as_bob, "booking_move", vera, booking=str(booking.pk), **boxes)
    assert said(response) == ["Moved to Wednesday 2 December 2026, 9:30 a.m."]
    assert "Moved a call from Tuesday 2 p.m. to Wednesday 9:30 a.m." in page(as_bob, vera)


def test_it_is_cancelled(as_bob: Client, vera: Lead, bob: User) -> None:
    booking = booked(vera, bob)
    assert said(press(as_bob, "booking_remove", vera, booking=str(booking.pk))) == ["Cancelled."]
    shown = page(as_bob, vera)
    assert "Nothing is booked." in shown
    assert "Cancelled a call: Tuesday 2 p.m." in shown
    assert "taken back: the booking was cancelled" in shown
    assert "This booking was cancelled." in as_bob.post(url("booking_remove", vera), {"booking": str(booking.pk)}).content.decode()


def test_another_leads_booking_is_none(as_bob: Client, vera: Lead, bob: User) -> None:
    other = booked(make_lead(email="nora@example.com"), bob)
    for noun in ("booking_move", "booking_remove"):
        assert "There is no such booking." in as_bob.post(url(noun, vera), {"booking": str(other.pk)}).content.decode()
    assert Booking.objects.get().cancelled_at is None


def test_only_the_kinds_that_are_free_are_offered(as_bob: Client, vera: Lead, bob: User) -> None:
    booked(vera, bob)
    assert '<option value="call"' not in page(as_bob, vera)
    booked(vera, bob, kind="consultation")
    shown = page(as_bob, vera)
    assert "Book another time" not in shown
    assert shown.count("Move it") == 2


@pytest.mark.parametrize(("fields", "offered"), [({"category": "closed"}, False), ({"screening": "check"}, False), ({}, True)])
def test_it_is_offered_where_it_can_be_done(as_bob: Client, clinic: Clinic, fields: dict[str, Any], offered: bool) -> None:
    assert ("Book a time" in page(as_bob, make_lead(**fields))) is offered


def test_what_is_booked_with_a_closed_lead_can_be_cancelled_from_there(as_bob: Client, vera: Lead, bob: User) -> None:
    booked(vera, bob)
    Lead.objects.update(category="closed", attention="done", next_action="", due_at=None)
    shown = page(as_bob, vera)
    assert url("booking_remove", vera) in shown
    assert url("booking_move", vera) not in shown


# Mistakes keep what was typed


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"booking-day": ""}, "Choose a day."),
        ({"booking-day": "1.12.2026"}, "Enter a date like 2026-06-30."),
        ({"booking-day": "0001-01-01"}, "Choose a day within the next two years."),
        ({"booking-day": "9999-12-31"}, "Choose a day within the next two years."),
        ({"booking-time": ""}, "Choose a time of day."),
        ({"booking-time": "25:00"}, "Enter a time like 14:30."),
        ({"booking-minutes": "5"}, "Choose from 15 to 240 minutes."),
        ({"booking-minutes": "x"}, "Choose from 15 to 240 minutes."),
        ({"booking-kind": "visit"}, "Choose a call or a consultation."),
        ({"booking-note": "x" * 1001}, "Shorten the note to 1000 characters or fewer."),
        ({"booking-day": "2026-11-26"}, "That time is past. Choose a later one."),
    ],
)
def test_a_mistake_is_said_and_nothing_is_lost(as_bob: Client, vera: Lead, fields: dict[str, str], sentence: str) -> None:
    response = as_bob.post(url("booking", vera), CALL | {"booking-note": "Asks for Kim."} | fields)
    shown = response.content.decode()
    assert sentence in shown
    assert "Asks for Kim." in shown or "x" * 1001 in shown
    assert "<details data-enter open>" in shown
    assert not Booking.objects.exists()


def test_a_typed_note_comes_along(as_bob: Client, vera: Lead) -> None:
    assert said(press(as_bob, "booking", vera, **CALL, text="They called."))[0].startswith("Note saved. Booked: ")
    assert "They called." in page(as_bob, vera)


def test_whatever_else_is_pressed_opens_no_box(as_bob: Client, vera: Lead, bob: User) -> None:
    booking = booked(vera, bob)
    boxes = {f"{booking.pk.hex}-day": "2026-12-01", f"{booking.pk.hex}-time": "14:00", f"{booking.pk.hex}-minutes": "30"}
    new = {"booking-kind": "consultation", "booking-day": "", "booking-time": "", "booking-minutes": "30", "booking-note": ""}
    shown = as_bob.post(reverse("lead_story", args=[vera.reference]), boxes | new).content.decode()
    assert "data-enter open" not in shown


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    day=st.text(max_size=12) | st.dates().map(str),
    time=st.text(max_size=8) | st.times().map(str),
    minutes=st.text(max_size=5) | st.integers().map(str),
    kind=st.text(max_size=12) | st.just("call"),
    note=st.text(max_size=50),
    booking=st.text(max_size=40),
)
@pytest.mark.parametrize("noun", ["booking", "booking_move", "booking_remove"])
def test_whatever_is_posted_is_answered(as_bob: Client, vera: Lead, bob: User, noun: str, **boxes: str) -> None:
    known = Booking.objects.filter(cancelled_at=None).first() or booked(vera, bob, kind="consultation", starts_at=TUESDAY + 5 * DAY)
    which = {"booking": str(known.pk) if len(boxes["booking"]) % 2 else boxes["booking"]}
    posted = {f"{prefix}-{name}": value for prefix in ("booking", known.pk.hex) for name, value in boxes.items()}
    assert as_bob.post(url(noun, vera), posted | which).status_code in (200, 303)


# Warnings


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"booking-time": "18:30"}, "It is outside our opening hours."),
        ({"booking-time": "16:45"}, "It is outside our opening hours."),
        ({"booking-day": "2026-12-05"}, "It is outside our opening hours."),
        ({"booking-day": "2026-12-25"}, "We are closed on that day."),
        ({"booking-day": "2026-12-02"}, "We are closed on that day."),
        ({}, ""),
    ],
)
def test_what_speaks_against_a_time_is_said_and_it_is_booked(as_bob: Client, vera: Lead, fields: dict[str, str], sentence: str) -> None:
    Closure.objects.create(day="2026-12-02")
    [heard] = said(press(as_bob, "booking", vera, **CALL | fields))
    assert heard.endswith(sentence or "2 p.m.")
    assert Booking.objects.exists()
    assert sentence in page(as_bob, vera)


@pytest.mark.parametrize(
    ("rule", "kind", "sentence"),
    [
        ({"channels": ["email", "call"], "times": ["morning"]}, "call", "They asked to be reached at other times."),
        ({"channels": ["email", "call"], "days": "weekend"}, "call", "They asked to be reached at other times."),
        ({"channels": ["email"]}, "call", "They asked not to be called."),
        ({"channels": ["email"]}, "consultation", ""),
        ({"channels": ["call"], "times": ["afternoon"], "days": "weekdays"}, "call", ""),
    ],
)
def test_their_contact_rule_speaks_too(as_bob: Client, vera: Lead, rule: dict[str, Any], kind: str, sentence: str) -> None:
    asks_to_be_reached(vera, **rule)
    [heard] = said(press(as_bob, "booking", vera, **CALL | {"booking-kind": kind}))
    assert heard.endswith(sentence or "2 p.m.")


def test_the_rule_is_on_their_clock(as_bob: Client, vera: Lead) -> None:
    """14:00 here is evening in Madrid."""
    vera.time_zone = "Europe/Madrid"
    vera.save()
    asks_to_be_reached(vera, channels=["call"], times=["afternoon"])
    assert said(press(as_bob, "booking", vera, **CALL))[0].endswith("They asked to be reached at other times.")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": ""}, "No confirmation: they have no email address. Tell them by phone."),
        ({"no_email": True}, "No confirmation: they asked us not to email. Tell them by phone."),
    ],
)
def test_who_is_told_by_nobody_is_told_by_phone(as_bob: Client, clinic: Clinic, fields: dict[str, Any], sentence: str) -> None:
    lead = make_lead(**fields)
    assert sentence in page(as_bob, lead)
    assert said(press(as_bob, "booking", lead, **CALL))[0].endswith(sentence)
    shown = page(as_bob, lead)
    assert sentence in shown
    assert "(no mail: they" in shown
    booking = Booking.objects.get()
    cancelled = press(as_bob, "booking_remove", lead, booking=str(booking.pk))
    assert said(cancelled) == [f"Cancelled. {sentence.replace('confirmation', 'mail about it')}"]


def test_no_confirmation_is_promised_to_an_address_that_may_get_none(as_bob: Client, vera: Lead) -> None:
    """The address is looked up when a time is booked; then it is said, too."""
    assert "unless their address gets no mail" in page(as_bob, vera)


def test_what_was_cancelled_in_time_is_told_to_nobody(vera: Lead, bob: User) -> None:
    cancel(by=bob, booking=booked(vera, bob))
    assert Booking.objects.get().untold == ""


def test_what_has_begun_is_not_shown(vera: Lead, bob: User) -> None:
    booked(vera, bob)
    with time_machine.travel(TUESDAY, tick=False):
        assert BookingPanel.of(vera, Calendar.today()).booked == []
