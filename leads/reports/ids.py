"""Where in a table the rows of a time begin."""

from datetime import datetime
from uuid import UUID


def first_id(at: datetime) -> UUID:
    """The least id that leads.models.ids makes from `at` on."""
    return UUID(int=max(int(at.timestamp() * 1000), 0) << 80)
