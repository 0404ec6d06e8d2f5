"""One lead's ledger of mail: what will be sent, what was, and what was not and why. As their page on the desk tells it; never the words."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from leads.access import Right
from leads.api.answers import lead_asked, record
from leads.api.schema import REFERENCE, described
from leads.api.serializers import LedgerSerializer, LedgerState
from leads.followup.ledger import Coming
from leads.models import COMING, Enrolment, Lead, Message, MessageKind, MessageState
from leads.triage.decisions.outcomes import Calendar
from leads.triage.history.mail_words import name_of, step_name
from leads.triage.lead.material import Material, became, planned, steps_of

STATES = {MessageState.SENT: LedgerState.SENT, MessageState.UNKNOWN: LedgerState.IN_DOUBT}

Line = dict[str, Any]


class MailsOfLead(APIView):
    right = Right.READ_LEADS

    @described(
        "list_mails_of_lead",
        "One lead's mail: what will be sent, the soonest first; then what was, or was not and why, the newest first.",
        answer=LedgerSerializer,
        right=right,
        parameters=[REFERENCE],
        refusals=[404],
    )
    def get(self, request: Request, reference: str) -> Response:
        lead = lead_asked(request, reference, self.right)
        lines = ledger_of(lead)
        record(request, "api_lead_mails", [lead], "mail")
        return Response({"lead": lead.reference, "results": lines})


def ledger_of(lead: Lead) -> list[Line]:
    calendar, material = Calendar.today(), Material.of(lead, story_open=False)
    made = [_made(message, material, calendar) for message in material.messages]
    to_come = [line for line in made if line["state"] == LedgerState.COMING]
    to_come += [_planned(mail, plan, lead, calendar) for mail, plan in planned(material, calendar)]
    past = [line for line in made if line["state"] != LedgerState.COMING]
    return sorted(to_come, key=_at) + sorted(past, key=_at, reverse=True)


def _at(line: Line) -> datetime:
    at: datetime = line["at"]
    return at


def _made(message: Message, material: Material, calendar: Calendar) -> Line:
    state = LedgerState.COMING if message.state in COMING else STATES.get(MessageState(message.state), LedgerState.NOT_SENT)
    return {
        "id": message.pk,
        "kind": message.kind,
        "title": name_of(message, material.steps(message)),
        "state": state,
        "reason": message.reason,
        "became": became(message, material, calendar),
    } | _when(message.sent_at or message.due_at, material.lead, calendar)


def _planned(mail: Coming, plan: Enrolment, lead: Lead, calendar: Calendar) -> Line:
    paused = plan.sequence.paused_at is not None
    return {
        "id": None,
        "kind": MessageKind.FOLLOWUP,
        "title": step_name(mail.step, steps_of(plan)),
        "state": LedgerState.COMING,
        "reason": "paused" if paused else "",
        "became": _("waits, the sequence is paused") if paused else _("will be sent"),
    } | _when(mail.at, lead, calendar)


def _when(at: datetime, lead: Lead, calendar: Calendar) -> Line:
    """On both clocks."""
    ours = at.astimezone(calendar.hours.zone)
    return {"at": ours, "at_theirs": ours.astimezone(ZoneInfo(lead.time_zone)) if lead.time_zone else ours}
