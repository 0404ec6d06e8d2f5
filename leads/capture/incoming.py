"""A mail that came back: whose it is, and what it sets off. By the token in the address it came to, then by the ids of our mails.

Who wrote it is never asked of the mail itself: its From says whatever its sender likes.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from leads.capture.joining import needs_an_answer
from leads.capture.origin import hashed
from leads.followup import actions as followup
from leads.followup.alerts import alert_of_crisis_in_reply
from leads.followup.reply_address import reference_in
from leads.models import Enquiry, Event, EventKind, Lead, Message, MessageKind, Reply, ReplyKind, StopReason, SuppressionReason
from leads.policy.crisis import mentions_crisis
from leads.policy.inbound import InboundMail, Kind
from leads.policy.promise import promise_at

NOT_TO_VISITORS = (MessageKind.STAFF_ALERT, MessageKind.SIGN_IN_LINK)
EVENTS: dict[str, EventKind] = {Kind.REPLY: EventKind.REPLIED, Kind.AUTO_REPLY: EventKind.AUTO_REPLIED}


@dataclass(frozen=True)
class Thread:
    lead: Lead | None
    about: Message | None


def fingerprint_of(mail: InboundMail, raw: bytes) -> str:
    """The same on each of the ways by which one mail may come; servers on the way add lines to its header."""
    if not mail.message_id:
        return hashed("mail", raw.hex())
    return hashed("mail", "\0".join([mail.message_id, mail.from_address, mail.subject, mail.text, mail.quoted]))


def unless_ours(mail: InboundMail) -> InboundMail:
    """A mail of our own that comes back, by a rule that copies or forwards it, is nobody's answer; and what answers a mail to staff is no
    visitor's: a machine at a colleague's that does not say that it is one would be told of, and answer that again."""
    to_staff = Q(message_id__in=mail.answers, kind__in=NOT_TO_VISITORS)
    ours = mail.kind == Kind.REPLY and Message.objects.filter(Q(message_id=mail.message_id) | to_staff).exists()
    return replace(mail, kind=Kind.AUTO_REPLY) if ours else mail


def thread_of(mail: InboundMail) -> Thread:
    ours = Message.objects.filter(message_id__in=mail.answers, lead__isnull=False).exclude(kind__in=NOT_TO_VISITORS)
    known = {message.message_id: message for message in ours.select_related("lead")}
    about = next((known[number] for number in mail.answers if number in known), None)
    return Thread(_lead_by_token(mail) or (about.lead if about else None), about)


def _lead_by_token(mail: InboundMail) -> Lead | None:
    """A lead that was released from Check may have joined another; its enquiries keep its reference."""
    for reference in filter(None, map(reference_in, mail.tokens)):
        if lead := Lead.objects.filter(reference=reference).first() or Lead.objects.filter(enquiries__reference=reference).first():
            return lead.standing
    return None


def record(mail: InboundMail, fingerprint: str, thread: Thread, now: datetime, enquiry: Enquiry | None = None) -> Reply:
    """The row. What became an enquiry is kept there; here stands how to answer it."""
    return Reply.objects.create(
        kind=ReplyKind(mail.kind),
        fingerprint=fingerprint,
        received_at=now,
        lead=thread.lead,
        about=thread.about,
        enquiry=enquiry,
        message_id=mail.message_id,
        from_address=mail.from_address,
        subject=mail.subject,
        text="" if enquiry else mail.text,
        quoted="" if enquiry else mail.quoted,
        attachments=mail.attachments,
        status=mail.failure.status if mail.failure else "",
        hard=bool(mail.failure and mail.failure.hard),
    )


def take_in(mail: InboundMail, fingerprint: str, thread: Thread, now: datetime) -> Reply:
    lead = thread.lead
    if lead:
        lead.refresh_from_db(from_queryset=Lead.objects.locked())
    reply = record(mail, fingerprint, thread, now)
    if lead:
        if kind := EVENTS.get(mail.kind):
            Event.objects.create(lead=lead, kind=kind, at=now, data={"reply": str(reply.pk)})
        _set_off(mail, reply, lead, now)
    return reply


def _set_off(mail: InboundMail, reply: Reply, lead: Lead, now: datetime) -> None:
    """A machine's answer stops nothing and wakes nobody."""
    match mail.kind:
        case Kind.REPLY:
            _answered(mail, reply, lead, now)
        case Kind.BOUNCE:
            _bounced(reply, lead)
        case Kind.COMPLAINT if reply.about:
            followup.suppress(address=reply.about.to_address, reason=SuppressionReason.COMPLAINED, by=None)


def _answered(mail: InboundMail, reply: Reply, lead: Lead, now: datetime) -> None:
    """Also words that are only quoted are looked at: what a program took for a quote may be theirs."""
    crisis = any(map(mentions_crisis, (mail.text, mail.subject, mail.quoted)))
    needs_an_answer(lead, received_at=now, promise_at=promise_at(now), crisis=crisis)
    lead.save()
    followup.stop(lead=lead, reason=StopReason.REPLIED, by=None)  # before a hold does: a released hold resumes what it stopped
    if crisis:
        Event.objects.create(lead=lead, kind=EventKind.CRISIS, at=now, data={"reply": str(reply.pk)})
        followup.hold(lead=lead, by=None)
        alert_of_crisis_in_reply(lead, now)
    if reply.about:
        followup.it_left(message=reply.about, by=None)  # Nobody answers a mail that did not arrive.


def _bounced(reply: Reply, lead: Lead) -> None:
    """Only a report about a mail that we know suppresses anything: anybody can write one."""
    if reply.hard and reply.about:
        followup.suppress(address=reply.about.to_address, reason=SuppressionReason.BOUNCED, by=None)
    else:
        followup.bounced_softly(message=reply.about, lead=lead, by=None)
