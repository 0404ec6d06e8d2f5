"""A lead's page in waiting-room mode: what its row in the list shows, and decisions that need no more. The rest is not even read."""

from typing import Any

from leads.models import Lead, Screening, Stage
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.snoozes import choices
from leads.triage.lists.rows import Row
from leads.triage.lists.states import next_action
from leads.triage.words.staff import colleagues


def veiled_page(lead: Lead) -> dict[str, Any]:
    calendar = Calendar.today()
    return {
        "lead": lead,
        "shown": calendar.now.isoformat(),
        "row": Row.of(lead, lead.stage, lead.owner, calendar),
        "in_check": lead.screening != Screening.ACCEPTED,
        "next_action": next_action(lead.next_action) if lead.due_at else "",
        "due": calendar.upcoming(lead.due_at) if lead.due_at else None,
        "stages": Stage.objects.known_to_move(lead.stage_id),
        "colleagues": colleagues(),
        "snoozes": choices(calendar),
        "today": calendar.hours.local_day(calendar.now).isoformat(),
    }
