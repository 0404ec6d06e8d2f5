"""The mails about a booking, and the calendar's entry that comes with them. Discreet: a calendar shows the sender's name and a time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from leads.followup.bookings import CANCELLED, CONFIRMED, MOVED, REMINDER
from leads.followup.letterhead import Letterhead
from leads.followup.mails import Context, mail, promise_words
from leads.followup.own_link import own_page_url
from leads.models import Booking, BookingKind, BookingMail, Message, MessageKind
from leads.policy.calendar_entry import CalendarEntry
from leads.policy.names import greeting_name


@mail(CONFIRMED, MOVED, CANCELLED, REMINDER)
def booking(message: Message, head: Letterhead) -> Context:
    """The time on the clock of whoever reads it."""
    about, lead = _about(message), _about(message).booking.lead
    zone = ZoneInfo(lead.time_zone) if lead.time_zone else head.zone
    day, time = promise_words(about.starts_at, zone, message.language)
    return {
        "greeting_name": greeting_name(lead.name),
        "is_call": about.booking.kind == BookingKind.CALL,
        "booking_day": day,
        "booking_time": f"{time} ({_zone_in_words(about.starts_at, zone)})",
        "minutes": about.minutes,
        "own_page_url": own_page_url(lead.reference, message.to_address, message.language),
    }


def entry_of(message: Message, head: Letterhead) -> CalendarEntry | None:
    """None where nothing in their calendar changes."""
    if message.kind != MessageKind.BOOKING:
        return None
    about = _about(message)
    return CalendarEntry(
        uid=uid_of(about.booking, head),
        revision=about.revision,
        stamped_at=message.created_at,
        starts_at=about.starts_at,
        minutes=about.minutes,
        summary=head.words["sender_name"],
        organizer=head.address,
        attendee=message.to_address,
        cancelled=message.mail == CANCELLED,
    )


def uid_of(booking: Booking, head: Letterhead) -> str:
    """The same for as long as there is this booking."""
    return f"{booking.pk.hex}@{head.address.rpartition('@')[2]}"


def _about(message: Message) -> BookingMail:
    return BookingMail.objects.select_related("booking__lead").get(message=message)


def _zone_in_words(at: datetime, zone: ZoneInfo) -> str:
    """As people there say it; some zones have a number for a name."""
    name = at.astimezone(zone).tzname() or ""
    return f"UTC{name}" if name[:1] in ("+", "-") else name
