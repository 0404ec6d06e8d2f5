"""What call mode shows: whose turn it is and all that one needs while the phone rings; before and after, how the calls went."""

from typing import Any

from django.utils.translation import gettext_lazy

from leads.models import CallOutcome, EventKind, Lead, User
from leads.triage.calls.call_queue import Queue, Sitting
from leads.triage.decisions.outcomes import Calendar
from leads.triage.details.details import readable_phone
from leads.triage.history.contact_rules import HowToReach
from leads.triage.lists.rows import Row

OUTCOMES = (
    (CallOutcome.SPOKE, gettext_lazy("Spoke to them"), gettext_lazy("done for now")),
    (CallOutcome.VOICEMAIL, gettext_lazy("Left a voicemail"), gettext_lazy("done for now")),
    (CallOutcome.NO_ANSWER, gettext_lazy("No answer"), gettext_lazy("again later in the day, or when you open next")),
    (CallOutcome.WRONG_NUMBER, gettext_lazy("Wrong number"), gettext_lazy("find another way")),
    (CallOutcome.BUSY, gettext_lazy("Busy"), gettext_lazy("again in half an hour, or when you open next")),
)
CONTACTS = (EventKind.CONTACTED, EventKind.CALLED, EventKind.ANSWERED, EventKind.REPLIED)


def page(user: User, sitting: Sitting, lead: Lead | None, *, story_open: bool) -> dict[str, Any]:
    """What the template needs. `lead`: whose turn it is."""
    calendar = Calendar.today()
    queue = Queue.of(user, sitting, calendar)
    context: dict[str, Any] = {
        "lead": lead,
        "waiting_for_hours": queue.at_other_hours,
        "ready": len(queue.ready),
        "number": sitting.calls + 1,
        "total": sitting.calls + max(len(queue.ready), 1 if lead else 0),
        "made": [(label, sitting.made[outcome]) for outcome, label, _next in OUTCOMES if outcome in sitting.made],
        "skipped": len(sitting.skipped),
    }
    return context | (_about(lead, calendar, story_open) if lead else {})


def _about(lead: Lead, calendar: Calendar, story_open: bool) -> dict[str, Any]:
    last = lead.events.filter(kind__in=CONTACTS).defer("text").order_by("-at").first()
    return {
        "row": Row.of(lead, lead.stage, lead.owner, calendar),
        "phone": readable_phone(lead.phone),
        "reach": HowToReach.of(lead, calendar),
        "last": calendar.since(last.at) if last else None,
        "last_kind": last.get_kind_display() if last else "",
        "stories": [enquiry.message for enquiry in lead.enquiries.order_by("-received_at") if enquiry.message] if story_open else None,
        "outcomes": OUTCOMES,
    }
