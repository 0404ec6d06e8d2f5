"""What staff press in the booking panel of a lead's page."""

from django.utils.translation import gettext as _

from leads.access import DeskRequest
from leads.models import Booking, Lead
from leads.triage.bookings.booking_forms import BookForm, TimeForm, WhichForm
from leads.triage.bookings.booking_panel import untold, warnings
from leads.triage.bookings.bookings import book, cancel, move
from leads.triage.decisions.boxes import one_of
from leads.triage.decisions.forms import checked
from leads.triage.decisions.outcomes import Calendar
from leads.triage.words.times import full, one_stop


def book_time(request: DeskRequest, lead: Lead) -> str:
    calendar = Calendar.today()
    data = checked(BookForm(request.POST, calendar=calendar))
    wanted = {name: data[name] for name in ("kind", "starts_at", "minutes", "note")}
    return _said(_("Booked: %s."), book(by=request.user, lead=lead, **wanted), lead, calendar)


def move_time(request: DeskRequest, lead: Lead) -> str:
    booking, calendar = _chosen(request, lead), Calendar.today()
    data = checked(TimeForm(request.POST, calendar=calendar, prefix=booking.pk.hex))
    moved = move(by=request.user, booking=booking, starts_at=data["starts_at"], minutes=data["minutes"])
    return _said(_("Moved to %s.") if moved else _("It is there already: %s."), booking, lead, calendar)


def cancel_time(request: DeskRequest, lead: Lead) -> str:
    booking = _chosen(request, lead)
    cancel(by=request.user, booking=booking)
    return f"{_('Cancelled.')} {untold(booking)}".strip()


def _said(done: str, booking: Booking, lead: Lead, calendar: Calendar) -> str:
    moment = one_stop(done % full(booking.starts_at, calendar.hours.zone))
    against = warnings(booking, lead, lead.contact_rules.in_use().first(), calendar)
    return " ".join(filter(None, (moment, *against, untold(booking))))


def _chosen(request: DeskRequest, lead: Lead) -> Booking:
    return one_of(lead.bookings.all(), checked(WhichForm(request.POST))["booking"], _("There is no such booking."))
