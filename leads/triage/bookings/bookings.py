"""Times that are agreed with a lead: set, moved, cancelled. Each verb locks the lead, records its event and sees to the mails.

There is no undo: what left can't be unsent, so cancelling is the way back, and within ten seconds nobody hears of it
(docs/decisions/0018-a-booking-is-told-and-cancelled-never-unsent.md).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leads.followup import actions as followup
from leads.followup.bookings import tell
from leads.models import Attention, Booking, BookingKind, Event, EventKind, Lead, StopReason, User
from leads.models.booking import LONGEST, SHORTEST
from leads.triage.decisions.outcomes import Calendar, done, with_booking, with_task
from leads.triage.decisions.recording import Conflict, lock, refuse_unless_open
from leads.triage.decisions.resting import next_task
from leads.triage.words.booking_words import THINGS
from leads.triage.words.times import FARTHEST, TOO_FAR, full

NOTE_LIMIT = 1000  # characters


@transaction.atomic
def book(*, by: User, lead: Lead, kind: BookingKind, starts_at: datetime, minutes: int, note: str = "") -> Booking:
    """One upcoming booking of a kind for each lead; the same again is the same booking. It stops the follow-up."""
    lock(lead)
    calendar = Calendar.today()
    refuse_unless_open(lead)
    _refuse_unless_ahead(starts_at, minutes, note, calendar.now)
    known = lead.bookings.upcoming(calendar.now).filter(kind=kind).first()
    if known and (known.starts_at, known.minutes) == (starts_at, minutes):
        return known
    if known:
        what = {"thing": THINGS[known.kind], "time": full(known.starts_at, calendar.hours.zone)}
        raise Conflict(_("There is %(thing)s already (%(time)s). Move it instead.") % what)
    booking = Booking.objects.create(lead=lead, kind=kind, starts_at=starts_at, minutes=minutes, note=note.strip() or None, by=by)
    tell(booking=booking, lead=lead, now=calendar.now)
    event = _record(booking, EventKind.BOOKED, by)
    followup.stop(lead=lead, reason=StopReason.BOOKED, by=by, event=event)
    _rest(lead, calendar)
    return booking


@transaction.atomic
def move(*, by: User, booking: Booking, starts_at: datetime, minutes: int) -> bool:
    """False where it is there already."""
    lead = booking.lead
    lock(lead)
    calendar = Calendar.today()
    refuse_unless_open(lead)
    _refuse_unless_ahead(starts_at, minutes, "", calendar.now)
    _read_again(booking, calendar.now)
    before = booking.starts_at
    if (before, booking.minutes) == (starts_at, minutes):
        return False
    booking.starts_at, booking.minutes, booking.revision = starts_at, minutes, booking.revision + 1
    booking.save(update_fields=["starts_at", "minutes", "revision"])
    tell(booking=booking, lead=lead, now=calendar.now)
    _record(booking, EventKind.BOOKING_MOVED, by, before=before.isoformat())
    if _rests_until(before, lead):
        _rest(lead, calendar)
    return True


@transaction.atomic
def cancel(*, by: User, booking: Booking) -> None:
    """Also for a lead that was closed since: the time still stood."""
    lead = booking.lead
    lock(lead)
    calendar = Calendar.today()
    _read_again(booking, calendar.now)
    booking.cancelled_at, booking.revision = calendar.now, booking.revision + 1
    booking.save(update_fields=["cancelled_at", "revision"])
    tell(booking=booking, lead=lead, now=calendar.now)
    _record(booking, EventKind.BOOKING_CANCELLED, by)
    if _rests_until(booking.starts_at, lead):
        following = with_booking(done(lead.stage, calendar), lead.bookings.upcoming(calendar.now).first())
        Lead.objects.filter(pk=lead.pk).update(**with_task(following, next_task(lead), calendar.now))


def _read_again(booking: Booking, now: datetime) -> None:
    """Whoever changes a booking holds its lead."""
    booking.refresh_from_db(fields=["starts_at", "minutes", "revision", "untold", "cancelled_at"])
    if booking.cancelled_at:
        raise Conflict(_("This booking was cancelled."))
    if booking.starts_at <= now:
        raise Conflict(_("This booking has begun already."))


def _refuse_unless_ahead(starts_at: datetime, minutes: int, note: str, now: datetime) -> None:
    if starts_at <= now:
        raise Conflict(_("That time is past. Choose a later one."))
    if starts_at > now + FARTHEST:
        raise Conflict(str(TOO_FAR))
    if not SHORTEST <= minutes <= LONGEST:
        raise Conflict(_("Choose from %(least)d to %(most)d minutes.") % {"least": SHORTEST, "most": LONGEST})
    if len(note) > NOTE_LIMIT:
        raise Conflict(_("Shorten the note to %(limit)d characters or fewer.") % {"limit": NOTE_LIMIT})


def _rest(lead: Lead, calendar: Calendar) -> None:
    """Nothing to do before: a lead that needs nobody now is due when the time has come, and not for checking back meanwhile."""
    if lead.attention == Attention.DONE:
        booked = with_booking({}, lead.bookings.upcoming(calendar.now).first())
        Lead.objects.filter(pk=lead.pk).update(**with_task(booked, next_task(lead), calendar.now))


def _rests_until(at: datetime, lead: Lead) -> bool:
    return lead.attention == Attention.DONE and lead.due_at == at


def _record(booking: Booking, kind: EventKind, by: User, **more: str) -> Event:
    about = {"booking": str(booking.pk), "kind": booking.kind, "starts_at": booking.starts_at.isoformat(), "untold": booking.untold}
    return Event.objects.create(lead=booking.lead, kind=kind, by=by, data=about | more)
