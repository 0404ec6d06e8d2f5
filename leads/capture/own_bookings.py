"""What is booked with a visitor, for their own page: what and when, on the clock they live by, and nothing else."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from leads.models import BookingKind, Clinic, Lead


class OwnBooking(NamedTuple):
    is_call: bool
    starts_at: datetime
    zone: str


def own_bookings(lead: Lead, clinic: Clinic, now: datetime) -> Iterator[OwnBooking]:
    for booking in lead.bookings.upcoming(now):
        yield OwnBooking(booking.kind == BookingKind.CALL, booking.starts_at, lead.time_zone or clinic.time_zone)
