"""What has come since a merge and is plainly the other's: an enquiry or a reply from their address, which the kept lead does not have."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from leads.models import Attention, Enquiry, Event, EventKind, Lead, Merge, Message, Reply, ReplyKind
from leads.policy.identity import normal_email
from leads.policy.promise import promise_at

E = EventKind
HEARD = (E.ENQUIRY, E.REPLIED, E.CRISIS, E.RELEASED, E.PRIVACY_REQUEST, E.BOOKED, E.BOOKING_MOVED, E.BOOKING_CANCELLED)


class Came(NamedTuple):
    """Something that waits for an answer."""

    at: datetime
    promised: datetime


def bring_along(merge: Merge, lead: Lead, other: Lead) -> None:
    """Unanswered ones are waited for there. A closed lead would wait for nothing: then they stay where somebody sees them."""
    _bring_mail_along(lead, other)
    if not other.email or other.email == lead.email or not other.is_open:
        return
    enquiries, replies = lead.enquiries.filter(received_at__gt=merge.at).defer("message"), _replies(merge, lead)
    wrote = [each for each in enquiries if normal_email(each.email) == other.email]
    replied = [each for each in replies if normal_email(each.from_address) == other.email]
    events = _give(merge, lead, other, wrote, replied)
    came = [*(Came(each.received_at, each.promise_at) for each in wrote), *map(_reply, _by_people(replied))]
    if unanswered := [each for each in came if lead.waiting_since and each.at >= lead.waiting_since]:
        other.received_at = max([other.received_at, *(each.received_at for each in wrote)])
        _waits(other, min(unanswered))
    if any(event.kind == EventKind.CRISIS for event in events):
        _care(lead, other)


def _give(merge: Merge, lead: Lead, other: Lead, wrote: list[Enquiry], replied: list[Reply]) -> list[Event]:
    """With the mails about them, and the events that tell of them, which are returned."""
    enquiries, replies = [each.pk for each in wrote], [each.pk for each in replied]
    Enquiry.objects.filter(pk__in=enquiries).update(lead=other)
    Message.objects.filter(lead=lead, enquiry__in=enquiries).update(lead=other)
    Reply.objects.filter(pk__in=replies).update(lead=other)
    ids = {*map(str, enquiries), *map(str, replies)}
    moved = [event for event in lead.events.filter(at__gt=merge.at).defer("text") if ids & {*map(event.data.get, ("enquiry", "reply"))}]
    Event.objects.filter(pk__in=[event.pk for event in moved]).update(lead=other)
    return moved


def heard_since(merge: Merge, lead: Lead) -> bool:
    """Whether something came since, and stays with it, for which it waits now."""
    return lead.events.filter(at__gt=merge.at, kind__in=HEARD).exists()


def _bring_mail_along(lead: Lead, other: Lead) -> None:
    """Mail that was made since, of a plan or about a booking that goes back."""
    theirs = Q(enrolment__lead=other) | Q(about_booking__booking__lead=other)
    made = Message.objects.filter(theirs, lead=lead).values_list("pk", flat=True)
    Message.objects.filter(pk__in=list(made)).update(lead=other)


def _replies(merge: Merge, lead: Lead) -> list[Reply]:
    since = lead.replies.filter(received_at__gt=merge.at)
    return list(since.only("id", "lead", "from_address", "received_at", "kind"))


def _by_people(replies: list[Reply]) -> list[Reply]:
    """What a machine sends waits for nobody."""
    return [each for each in replies if each.kind == ReplyKind.REPLY]


def _reply(reply: Reply) -> Came:
    return Came(reply.received_at, promise_at(reply.received_at))


def _care(lead: Lead, other: Lead) -> None:
    """Who may not be safe: unless somebody has seen to them meanwhile, the other is read first, and nothing automatic goes to them."""
    other.read_first = other.read_first or lead.read_first
    other.held_at = other.held_at or lead.held_at
    other.save(update_fields=["read_first", "held_at"])


def _waits(lead: Lead, first: Came) -> None:
    lead.due_at = min(lead.due_at or first.promised, first.promised)
    lead.waiting_since = min(lead.waiting_since or first.at, first.at)
    lead.attention, lead.snoozed_until, lead.next_action = Attention.NEEDS_US, None, "reply"
    lead.save(update_fields=["waiting_since", "due_at", "received_at", "attention", "snoozed_until", "next_action"])
