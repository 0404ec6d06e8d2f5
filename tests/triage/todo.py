"""Tasks for tests, on Monday at noon."""

from datetime import UTC, datetime, timedelta
from typing import Any

from leads.models import Lead, Task, User
from leads.triage.decisions.tasks_of_lead import add_task

MONDAY = datetime(2026, 6, 1, 16, 0, tzinfo=UTC)  # noon in New York
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
THURSDAY = MONDAY + 3 * DAY


def a_task(lead: Lead, by: User, **fields: Any) -> Task:
    """Send the cost sheet, by Thursday noon, for whoever says so."""
    usual: dict[str, Any] = {"text": "Send the cost sheet.", "due_at": THURSDAY, "assignee": by}
    return add_task(by=by, lead=lead, **usual | fields)
