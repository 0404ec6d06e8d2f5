"""When all pictures are taken."""

from datetime import UTC, datetime

MOMENT = datetime(2026, 5, 12, 14, 40, tzinfo=UTC)  # A Tuesday, 10:40 in the clinic.
