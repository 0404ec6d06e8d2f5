"""Bookings for tests: a Tuesday afternoon in December, on the clinic's clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

from leads.models import Booking, BookingKind, Lead, User
from leads.triage.bookings.bookings import book

FRIDAY = datetime(2026, 11, 27, 15, tzinfo=UTC)  # 10:00 in New York, the day after Thanksgiving
TUESDAY = datetime(2026, 12, 1, 19, tzinfo=UTC)  # 14:00 in New York, 13:00 in Chicago
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def booked(lead: Lead, by: User, **fields: Any) -> Booking:
    usual: dict[str, Any] = {"kind": BookingKind.CALL, "starts_at": TUESDAY, "minutes": 30}
    return book(by=by, lead=lead, **(usual | fields))
