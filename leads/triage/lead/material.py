"""What a lead's timeline and the ledger of its mail are made of, read once; and what became of each mail."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leads.followup.ledger import Coming, all_coming, still_allowed, was_already_leaving
from leads.models import Channel, Enquiry, Enrolment, Event, EventKind, Lead, Message, MessageKind, MessageState, Reply, StaffMail
from leads.triage.decisions.outcomes import Calendar
from leads.triage.history.mail_words import what_became_of

LONGEST = 200  # entries of each kind on one page
Sent = TypeVar("Sent", Enquiry, Reply, StaffMail)


@dataclass(frozen=True)
class Material:
    """Everything a timeline is made of, read once."""

    lead: Lead
    events: list[Event]
    messages: list[Message]
    enrolments: list[Enrolment]
    enquiries: list[Enquiry]
    replies: list[Reply]
    written: list[StaffMail]

    @classmethod
    def of(cls, lead: Lead, *, story_open: bool) -> "Material":
        mails = lead.messages.exclude(kind__in=[MessageKind.STAFF_ALERT]).order_by("-created_at")
        events = list(lead.events.select_related("by").order_by("-at", "-id")[:LONGEST])
        enquiries = list(_without(lead.enquiries.order_by("-received_at"), "message", keep=story_open))
        came_by_mail = any("reply" in event.data for event in events) or any(each.channel == Channel.EMAIL for each in enquiries)
        replies = _without(lead.replies.order_by("-received_at"), "subject", "text", "quoted", keep=story_open)
        written = _without(StaffMail.objects.filter(message__lead=lead).order_by("-message_id"), "subject", "text", keep=story_open)
        return cls(
            lead,
            events,
            list(mails[:LONGEST]),
            list(lead.enrolments.select_related("sequence", "version").prefetch_related("version__steps")),
            enquiries,
            list(replies[:LONGEST]) if came_by_mail else [],
            list(written[:LONGEST]) if any(event.kind == EventKind.ANSWERED for event in events) else [],
        )

    def steps(self, message: Message) -> int:
        """How many mails the plan has that this one belongs to."""
        return next((steps_of(plan) for plan in self.enrolments if plan.pk == message.enrolment_id), message.step or 0)

    def was_sent_again(self, message: Message) -> bool:
        return any(other.again_of_id == message.pk for other in self.messages)


def steps_of(plan: Enrolment) -> int:
    return len(plan.version.steps.all()) if plan.version else plan.next_step


def _without(rows: QuerySet[Sent], *sealed: str, keep: bool) -> QuerySet[Sent]:
    """What nobody opens is not even read."""
    return rows if keep else rows.defer(*sealed)


def became(message: Message, material: Material, calendar: Calendar) -> str:
    words = what_became_of(message, calendar.now)
    if message.state == MessageState.FAILED and material.was_sent_again(message):
        return _("%s, and was sent again") % words
    return _("was already leaving when it was stopped: %s") % words if was_already_leaving(message, material.events) else words


def planned(material: Material, calendar: Calendar) -> list[tuple[Coming, Enrolment]]:
    """The mails that are still to be made."""
    allowed = still_allowed(material.enquiries, material.messages)
    return all_coming(material.lead, material.enrolments, calendar.hours, allowed)
