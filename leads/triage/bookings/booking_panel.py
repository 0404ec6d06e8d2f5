"""What is booked with a lead, as its page says it; and the form for setting a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.followup.bookings import known_against
from leads.models import Booking, BookingKind, ContactRule, Lead, ReplyBy, Screening
from leads.policy.asked_hours import suits
from leads.triage.bookings.booking_forms import BookForm, TimeForm
from leads.triage.decisions.outcomes import Calendar
from leads.triage.words.booking_words import UNTOLD
from leads.triage.words.times import on_both_clocks

HINT = gettext_lazy(
    "A confirmation leaves ten seconds later, unless their address gets no mail: then you are told so. Until then Cancel takes it back."
)
MOST = 10  # of one lead; the database holds one of a kind at a time, and the page is about the next


@dataclass(frozen=True)
class Booked:
    pk: str
    title: str
    minutes: int
    when: str
    note: str
    untold: str  # why no mail tells them, as a sentence
    warnings: list[str]
    form: TimeForm


@dataclass(frozen=True)
class BookingPanel:
    booked: list[Booked]
    form: BookForm | None  # None: there is nothing more to set
    works: bool  # whether what is booked can be moved
    clock: str  # on which one the form is filled in
    hint: str  # below the form

    @classmethod
    def of(cls, lead: Lead, calendar: Calendar, typed: QueryDict | None = None) -> Self:
        rows = list(lead.bookings.upcoming(calendar.now)[:MOST])
        rule = lead.contact_rules.in_use().first() if rows else None
        free = [kind for kind in BookingKind if kind not in {row.kind for row in rows}]
        works = lead.is_open and lead.screening == Screening.ACCEPTED
        return cls(
            booked=[_booked(row, lead, rule, calendar, typed) for row in rows],
            form=BookForm.new(free, calendar, typed) if free and works else None,
            works=works,
            clock=calendar.clinic.time_zone.replace("_", " "),
            hint=_no_confirmation(known_against(lead)) or str(HINT),
        )


def _booked(booking: Booking, lead: Lead, rule: ContactRule | None, calendar: Calendar, typed: QueryDict | None) -> Booked:
    return Booked(
        pk=str(booking.pk),
        title=str(BookingKind(booking.kind).label),
        minutes=booking.minutes,
        when=on_both_clocks(booking.starts_at, calendar.hours.zone, lead.time_zone),
        note=booking.note or "",
        untold=untold(booking),
        warnings=list(warnings(booking, lead, rule, calendar)),
        form=TimeForm.of(booking, calendar, typed),
    )


def untold(booking: Booking) -> str:
    if booking.cancelled_at and booking.untold in UNTOLD:
        return _("No mail about it: %s. Tell them by phone.") % UNTOLD[booking.untold]
    return _no_confirmation(booking.untold)


def _no_confirmation(code: str) -> str:
    return _("No confirmation: %s. Tell them by phone.") % UNTOLD[code] if code in UNTOLD else ""


def warnings(booking: Booking, lead: Lead, rule: ContactRule | None, calendar: Calendar) -> Iterator[str]:
    """What speaks against the time, as sentences. It is booked all the same: somebody may have agreed on it."""
    hours, ends_at = calendar.hours, booking.starts_at + timedelta(minutes=booking.minutes)
    if hours.is_holiday(hours.local_day(booking.starts_at)):
        yield _("We are closed on that day.")
    elif hours.between(booking.starts_at, ends_at) < 60 * booking.minutes:
        yield _("It is outside our opening hours.")
    if not suits(lead.asked_hours, booking.starts_at.astimezone(ZoneInfo(lead.time_zone) if lead.time_zone else hours.zone)):
        yield _("They asked to be reached at other times.")
    if rule and booking.kind == BookingKind.CALL and ReplyBy.CALL not in rule.channels:
        yield _("They asked not to be called.")
