"""What a lead's follow-up was and will be, from rows that are at hand: no question to the database.

What was sent, and what was not and why, is in the mails' own rows; what will be is planned here, as the engine will plan it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from leads.followup.rules import NEVER_LEFT
from leads.followup.schedule import windows_of
from leads.models import Enquiry, Enrolment, EnrolmentState, Event, EventKind, Lead, Message, MessageKind
from leads.policy.consent import followups_allowed
from leads.policy.hours import OpeningHours
from leads.policy.waits import due_after


@dataclass(frozen=True)
class Coming:
    step: int
    at: datetime


def coming(enrolment: Enrolment, time_zone: str, hours: OpeningHours, asked: str = "") -> list[Coming]:
    """The mails that are still to be made, the next one first. `enrolment` with its version and steps."""
    if enrolment.state != EnrolmentState.RUNNING or enrolment.due_at is None:
        return []
    if enrolment.version is None:
        return [Coming(enrolment.next_step, enrolment.due_at)]
    windows, planned = windows_of(enrolment.version, hours, time_zone, asked), list[Coming]()
    for step in enrolment.version.steps.all():
        if step.position >= enrolment.next_step:
            at = due_after((step.wait, step.unit), planned[-1].at, windows) if planned else windows.next(enrolment.due_at)
            planned.append(Coming(step.position, at))
    return planned


def all_coming(lead: Lead, enrolments: Iterable[Enrolment], hours: OpeningHours, allowed: int) -> list[tuple[Coming, Enrolment]]:
    """Of all their sequences, the soonest first, and never more than they agreed to."""
    mails = [(mail, enrolment) for enrolment in enrolments for mail in coming(enrolment, lead.time_zone, hours, lead.asked_hours)]
    return sorted(mails, key=lambda one: one[0].at)[:allowed]


def still_allowed(enquiries: Iterable[Enquiry], messages: Iterable[Message]) -> int:
    """How many more mails they agreed to. `enquiries`: the newest first."""
    asked = next((enquiry for enquiry in enquiries if enquiry.consent_followup), None)
    written = [mail for mail in messages if mail.kind == MessageKind.FOLLOWUP and mail.state not in NEVER_LEFT]
    return max(0, followups_allowed(asked.consent_version) - len(written)) if asked else 0


def was_already_leaving(message: Message, events: Iterable[Event]) -> bool:
    """Follow-up was stopped while this mail was being handed over: too late to take it back."""
    if message.kind != MessageKind.FOLLOWUP or message.state in NEVER_LEFT:
        return False
    stops = (event.at for event in events if event.kind == EventKind.FOLLOWUP_STOPPED)
    return any(message.created_at <= at and (message.sent_at is None or at < message.sent_at) for at in stops)
