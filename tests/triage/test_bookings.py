"""A call or a consultation at a time: set, moved and cancelled by staff."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection

from leads.models import Attention, Booking, BookingKind, Category, Enrolment, EventKind, Lead, User
from leads.triage.bookings.bookings import NOTE_LIMIT, cancel, move
from leads.triage.by_itself.waking import wake_due
from leads.triage.decisions.actions import change_stage, mark_contacted, mark_done, snooze
from leads.triage.decisions.recording import Conflict
from tests.cast import make_lead, vera_writes
from tests.triage.booked import DAY, FRIDAY, HOUR, TUESDAY, booked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


@pytest.fixture
def friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False):
        yield


def kinds_of(lead: Lead) -> list[str]:
    """By name: here no time passes."""
    return sorted(lead.events.values_list("kind", flat=True))


def test_it_is_kept_with_who_set_it(lead: Lead, bob: User) -> None:
    booking = booked(lead, bob, note="  Asks for Kim. ")
    assert Booking.objects.get() == booking
    assert (booking.by, booking.kind, booking.starts_at, booking.minutes, booking.note) == (bob, "call", TUESDAY, 30, "Asks for Kim.")
    event = lead.events.get()
    assert (event.kind, event.by, event.data["booking"], event.data["starts_at"]) == ("booked", bob, str(booking.pk), TUESDAY.isoformat())


def test_the_note_is_sealed(lead: Lead, bob: User) -> None:
    booked(lead, bob, note="Asks for Kim.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM leads_booking")
        assert b"Kim" not in bytes(cursor.fetchone()[0])


def test_the_same_again_is_the_same_booking(lead: Lead, bob: User) -> None:
    assert booked(lead, bob) == booked(lead, bob)
    assert Booking.objects.count() == lead.messages.filter(kind="booking").count() == lead.events.count() == 1


def test_of_a_kind_there_is_one_that_is_still_to_come(lead: Lead, bob: User) -> None:
    booked(lead, bob)
    with pytest.raises(Conflict, match=r"There is a call already \(Tuesday 1 December 2026, 2 p\.m\.\)\. Move it"):
        booked(lead, bob, starts_at=TUESDAY + DAY)
    booked(lead, bob, kind=BookingKind.CONSULTATION, starts_at=TUESDAY + DAY)
    assert Booking.objects.count() == 2


def test_after_it_another_one_can_be_set(lead: Lead, bob: User) -> None:
    booked(lead, bob)
    with time_machine.travel(TUESDAY, tick=False):
        booked(lead, bob, starts_at=TUESDAY + DAY)
    assert Booking.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_at": FRIDAY}, "That time is past"),
        ({"starts_at": FRIDAY - DAY}, "That time is past"),
        ({"starts_at": FRIDAY + 732 * DAY}, "within the next two years"),
        ({"minutes": 14}, "from 15 to 240 minutes"),
        ({"minutes": 241}, "from 15 to 240 minutes"),
        ({"note": "x" * (NOTE_LIMIT + 1)}, "Shorten the note"),
    ],
)
def test_what_can_not_be_is_refused_with_a_sentence(lead: Lead, bob: User, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Conflict, match=sentence):
        booked(lead, bob, **fields)
    assert not Booking.objects.exists()
    assert not lead.events.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"), [({"category": Category.CLOSED}, "is closed"), ({"screening": "check"}, "has not been released")]
)
def test_only_for_leads_that_are_worked_on(bob: User, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Conflict, match=sentence):
        booked(make_lead(**fields), bob)


@pytest.mark.parametrize("row", [{"kind": "visit"}, {"minutes": 5}, {"minutes": 300}])
def test_the_database_refuses_what_is_no_booking(lead: Lead, row: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        Booking.objects.create(**{"lead": lead, "kind": "call", "starts_at": TUESDAY, "minutes": 30, **row})


def test_the_database_refuses_the_same_time_twice(lead: Lead, bob: User) -> None:
    booked(lead, bob)
    with pytest.raises(IntegrityError):
        Booking.objects.create(lead=lead, kind="call", starts_at=TUESDAY, minutes=60)


def test_it_stops_the_follow_up(bob: User) -> None:
    lead = Lead.objects.get(reference=vera_writes().reference)
    booked(lead, bob)
    enrolment = Enrolment.objects.get()
    assert (enrolment.state, enrolment.stop_reason) == ("stopped", "booked")
    assert enrolment.stopped_by
    assert enrolment.stopped_by.kind == EventKind.BOOKED


def test_it_moves(lead: Lead, bob: User) -> None:
    booking = booked(lead, bob)
    assert move(by=bob, booking=booking, starts_at=TUESDAY + DAY, minutes=45)
    booking.refresh_from_db()
    assert (booking.starts_at, booking.minutes, booking.revision) == (TUESDAY + DAY, 45, 1)
    event = lead.events.get(kind=EventKind.BOOKING_MOVED)
    assert (event.data["before"], event.data["starts_at"]) == (TUESDAY.isoformat(), (TUESDAY + DAY).isoformat())


def test_moving_it_to_where_it_is_does_nothing(lead: Lead, bob: User) -> None:
    booking = booked(lead, bob)
    assert not move(by=bob, booking=booking, starts_at=TUESDAY, minutes=30)
    assert kinds_of(lead) == ["booked"]
    assert booking.revision == 0


def test_it_is_cancelled_once(lead: Lead, bob: User) -> None:
    booking = booked(lead, bob)
    cancel(by=bob, booking=booking)
    assert Booking.objects.get().cancelled_at == FRIDAY
    for again in (lambda: cancel(by=bob, booking=booking), lambda: move(by=bob, booking=booking, starts_at=TUESDAY + DAY, minutes=30)):
        with pytest.raises(Conflict, match="This booking was cancelled"):
            again()
    assert kinds_of(lead) == ["booked", "booking_cancelled"]


def test_somebody_elses_change_is_seen(lead: Lead, bob: User, alice: User) -> None:
    booking = booked(lead, bob)
    stale = Booking.objects.get()
    move(by=alice, booking=booking, starts_at=TUESDAY + DAY, minutes=30)
    cancel(by=bob, booking=stale)
    assert Booking.objects.get().revision == 2


def test_what_was_cancelled_leaves_room_for_another_at_the_same_time(lead: Lead, bob: User) -> None:
    cancel(by=bob, booking=booked(lead, bob))
    booked(lead, bob)
    assert Booking.objects.upcoming(FRIDAY).count() == 1


def test_what_has_begun_stays_as_it_is(lead: Lead, bob: User) -> None:
    booking = booked(lead, bob)
    with time_machine.travel(TUESDAY, tick=False):
        for change in (lambda: cancel(by=bob, booking=booking), lambda: move(by=bob, booking=booking, starts_at=TUESDAY + DAY, minutes=30)):
            with pytest.raises(Conflict, match="has begun already"):
                change()


def test_it_can_not_be_moved_into_the_past(lead: Lead, bob: User) -> None:
    with pytest.raises(Conflict, match="That time is past"):
        move(by=bob, booking=booked(lead, bob), starts_at=FRIDAY, minutes=30)


def test_a_closed_leads_booking_can_still_be_cancelled(lead: Lead, bob: User) -> None:
    booking = booked(lead, bob)
    Lead.objects.update(category="closed", next_action="", due_at=None, attention="done")
    with pytest.raises(Conflict, match="is closed"):
        move(by=bob, booking=booking, starts_at=TUESDAY + DAY, minutes=30)
    cancel(by=bob, booking=booking)
    lead.refresh_from_db()
    assert (lead.due_at, lead.next_action) == (None, "")


# Attention


def state_of(lead: Lead) -> tuple[str, str, object]:
    lead.refresh_from_db()
    return lead.attention, lead.next_action, lead.due_at


def test_whoever_waits_for_us_goes_on_waiting(lead: Lead, bob: User) -> None:
    before = state_of(lead)
    booked(lead, bob)
    assert state_of(lead) == before


@pytest.mark.parametrize("settle", [mark_contacted, mark_done])
def test_once_it_is_done_nobody_is_nagged_before_the_time_has_come(lead: Lead, bob: User, settle: Any) -> None:
    booked(lead, bob, starts_at=TUESDAY + 30 * DAY)
    settle(by=bob, lead=lead)
    assert state_of(lead) == (Attention.DONE, "call", TUESDAY + 30 * DAY)
    assert wake_due(TUESDAY + 29 * DAY) == 0
    assert wake_due(TUESDAY + 30 * DAY) == 1
    assert state_of(lead)[0] == Attention.NEEDS_US


def test_a_stage_that_settles_it_does_so_too(lead: Lead, bob: User) -> None:
    booking = booked(lead, bob)
    change_stage(by=bob, lead=lead, stage=lead.stage.__class__.objects.first_of(Category.BOOKED))
    assert state_of(lead) == (Attention.DONE, "call", booking.starts_at)


def test_a_lead_that_is_done_already_is_due_then(lead: Lead, bob: User) -> None:
    mark_contacted(by=bob, lead=lead)
    check_back = lead.due_at
    booking = booked(lead, bob)
    assert state_of(lead) == (Attention.DONE, "call", TUESDAY)
    move(by=bob, booking=booking, starts_at=TUESDAY + HOUR, minutes=30)
    assert state_of(lead) == (Attention.DONE, "call", TUESDAY + HOUR)
    booked(lead, bob, kind=BookingKind.CONSULTATION, starts_at=TUESDAY + DAY)
    assert state_of(lead)[2] == TUESDAY + HOUR
    cancel(by=bob, booking=booking)
    assert state_of(lead) == (Attention.DONE, "consultation", TUESDAY + DAY)
    cancel(by=bob, booking=lead.bookings.get(kind="consultation"))
    assert state_of(lead) == (Attention.DONE, "check_back", check_back)


def test_a_lead_that_sleeps_by_hand_goes_on_sleeping(lead: Lead, bob: User) -> None:
    snooze(by=bob, lead=lead, until=FRIDAY + timedelta(hours=3))
    booked(lead, bob)
    assert state_of(lead) == (Attention.SNOOZED, "look_again", FRIDAY + timedelta(hours=3))
