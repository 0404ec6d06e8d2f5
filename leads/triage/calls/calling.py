"""A call in call mode: what came of it is logged, and sets the next step, in one transaction."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from leads.models import CallOutcome, CallTurn, Event, EventKind, Lead, User
from leads.triage.decisions import actions
from leads.triage.decisions.outcomes import Calendar, Fields, snoozed
from leads.triage.decisions.recording import Conflict, lock, record, refuse_unless_open

LATER = {CallOutcome.NO_ANSWER: timedelta(hours=3), CallOutcome.BUSY: timedelta(minutes=30)}
OTHER_WAY = "other_way"  # the next action of somebody whose number is wrong


@transaction.atomic
def call_made(*, by: User, lead: Lead, outcome: CallOutcome, text: str = "") -> Event:
    """Ends the turn. Refuses whose it is not: a colleague has it, two calls to one person are one too many; or it was pressed twice."""
    lock(lead)
    refuse_unless_open(lead)
    if not CallTurn.objects.end(lead.pk, by):
        raise Conflict(_("This call is no longer yours. Nothing was logged."))
    if actions.reached(lead, outcome):
        return actions.log_call(by=by, lead=lead, outcome=outcome, text=text)
    change = next_step(lead, outcome, Calendar.today())
    return record(by, lead, EventKind.CALLED, "call", change, text=text.strip() or None, more={"outcome": outcome.value})


def next_step(lead: Lead, outcome: CallOutcome, calendar: Calendar) -> Fields:
    """Who may not be safe rests for nobody's convenience, and behind a wrong number there is nothing to wait for."""
    if outcome == CallOutcome.WRONG_NUMBER:
        return {"next_action": OTHER_WAY}
    if outcome not in LATER or lead.read_first:
        return {}
    return snoozed(try_again_at(calendar, LATER[outcome]))


def try_again_at(calendar: Calendar, later: timedelta) -> datetime:
    """Later today, in another part of the day, or when we open next."""
    at = calendar.now + later
    return at if calendar.hours.is_open(at) else calendar.hours.next_open(at)
