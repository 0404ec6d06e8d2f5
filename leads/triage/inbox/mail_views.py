"""Mail that needs a look: what may not have arrived, what was refused, and what could not be written, in the last thirty days."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leads.access import DeskRequest, Right, desk, leads_visible_to, may, record_read
from leads.followup.again import can_be_sent_again
from leads.models import KeyPage, Message, MessageState
from leads.triage.decisions.outcomes import Calendar
from leads.triage.history.mail_words import tone, what_became_of
from leads.triage.words.times import Moment

DAYS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Row:
    message: Message
    became: str
    tone: str
    moment: Moment
    in_doubt: bool  # a person can settle it
    again: bool  # a person can send it once more

    @classmethod
    def of(cls, message: Message, calendar: Calendar, again: set[UUID]) -> "Row":
        moment = calendar.since(message.due_at)
        in_doubt = message.state == MessageState.UNKNOWN and message.lead_id is not None
        return cls(message, what_became_of(message, calendar.now), tone(message), moment, in_doubt, message.pk in again)


@require_safe
@desk(Right.READ_LEADS)
def mail(request: DeskRequest) -> HttpResponse:
    calendar = Calendar.today()
    troubled = Message.objects.troubled().filter(created_at__gt=calendar.now - DAYS, again=None).select_related("lead", "user")
    page = KeyPage.of(troubled, before=_key(request.GET, "before"), after=_key(request.GET, "after"))
    shown = leads_visible_to(request.user).filter(pk__in={message.lead_id for message in page.found if message.lead_id})
    record_read(request.user, "mail", shown, "list", request.id)
    again = can_be_sent_again(page.found)
    rows = [Row.of(message, calendar, again) for message in page.found]
    return render(request, "leads/triage/mail.html", {"rows": rows, "works": may(request.user, Right.WORK_LEADS)} | page.links())


def _key(asked: QueryDict, name: str) -> UUID | None:
    """What nobody could have been given is the first page."""
    try:
        return UUID(asked.get(name, ""))
    except ValueError:
        return None
