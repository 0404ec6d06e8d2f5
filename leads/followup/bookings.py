"""The mails about a booking, in the transaction that changes it: what they are told now, and of what they are reminded the day before.

What waited about it is taken back, so that two mails never say two times. The first one waits ten seconds: a slip that is cancelled
before that is heard of by nobody.
"""

from datetime import datetime

from leads.followup import outbox
from leads.followup.answers import TIME_TO_UNDO, gets_no_mail
from leads.models import Booking, BookingMail, Lead, Message, MessageKind, MessageState
from leads.policy.hours import OpeningHours, opening_hours
from leads.policy.reminders import remind_at
from leads.policy.windows import SendWindows

KINDS = (MessageKind.BOOKING, MessageKind.REMINDER)
CONFIRMED, MOVED, CANCELLED, REMINDER = "booking", "booking-moved", "booking-cancelled", "booking-reminder"
NO_ADDRESS, NO_EMAIL, SUPPRESSED = "no_address", "no_email", "suppressed"


def tell(*, booking: Booking, lead: Lead, now: datetime) -> None:
    """How it stands now, and a reminder where there is time for one; `booking.untold` says why not. Both rows are the caller's, locked."""
    _take_back(booking)
    heard = _they_heard(booking)
    booking.untold = _reason_against(lead)
    if booking.cancelled_at and not heard:
        booking.untold = ""
    elif not booking.untold:
        _queue(booking, lead, MessageKind.BOOKING, _news(booking, heard), now + TIME_TO_UNDO)
        _remind(booking, lead, now)
    booking.save(update_fields=["untold"])


def windows_for(lead: Lead, hours: OpeningHours) -> SendWindows:
    """When a reminder may leave."""
    return SendWindows.of({}, hours, lead.time_zone, lead.asked_hours)


def _news(booking: Booking, heard: bool) -> str:
    if booking.cancelled_at:
        return CANCELLED
    return MOVED if heard else CONFIRMED


def _remind(booking: Booking, lead: Lead, now: datetime) -> None:
    """Whoever books later than it would leave has just been told."""
    leaves = None if booking.cancelled_at else remind_at(booking.starts_at, windows_for(lead, opening_hours()))
    if leaves and leaves > now:
        _queue(booking, lead, MessageKind.REMINDER, REMINDER, leaves)


def _queue(booking: Booking, lead: Lead, kind: MessageKind, mail: str, due_at: datetime) -> None:
    message = outbox.queue(kind=kind, mail=mail, lead=lead, to_address=lead.email, language=lead.language, due_at=due_at)
    as_it_is = {"revision": booking.revision, "starts_at": booking.starts_at, "minutes": booking.minutes}
    BookingMail.objects.create(message=message, booking=booking, reminds=kind == MessageKind.REMINDER, **as_it_is)


def _take_back(booking: Booking) -> None:
    """What is being handed over at this moment leaves; the change follows it, and a calendar takes the higher SEQUENCE."""
    mails = Message.objects.filter(pk__in=booking.mails.values("message"))
    mails.take_back("cancelled" if booking.cancelled_at else "moved")


def _they_heard(booking: Booking) -> bool:
    """By mail, or by phone where there was nobody to mail to. Not where each mail about it was taken back in time."""
    told = booking.mails.filter(reminds=False).values_list("message__state", "message__doubts")
    return len(told) < booking.revision or any(state != MessageState.CANCELLED or doubts for state, doubts in told)


def _reason_against(lead: Lead) -> str:
    """Why nothing can be mailed to them, as a code. That they opted out of follow-up is none: this they agreed on with us."""
    return known_against(lead) or (SUPPRESSED if gets_no_mail(lead) else "")


def known_against(lead: Lead) -> str:
    """As far as the lead itself tells."""
    if not lead.email:
        return NO_ADDRESS
    return NO_EMAIL if lead.no_email else ""
