"""What has come since a merge and is plainly the other's: an enquiry or a reply from their address, which the kept lead does not have."""

from leads.models import Attention, Enquiry, Event, Lead, Merge, Message, Reply
from leads.policy.identity import normal_email


def bring_along(merge: Merge, lead: Lead, other: Lead) -> int:
    """How many enquiries and replies. An unanswered one is a closed lead's no more than anybody's: then it stays where somebody sees it."""
    if not other.email or other.email == lead.email or not other.is_open:
        return 0
    wrote = [each for each in lead.enquiries.filter(received_at__gt=merge.at).defer("message") if normal_email(each.email) == other.email]
    replied = [each.pk for each in _replies(merge, lead) if normal_email(each.from_address) == other.email]
    asked = [each.pk for each in wrote]
    Enquiry.objects.filter(pk__in=asked).update(lead=other)
    Message.objects.filter(lead=lead, enquiry__in=asked).update(lead=other)
    Reply.objects.filter(pk__in=replied).update(lead=other)
    ids = {str(pk) for pk in [*asked, *replied]}
    for event in lead.events.filter(at__gt=merge.at).defer("text"):
        if ids & {event.data.get("enquiry"), event.data.get("reply")}:
            Event.objects.filter(pk=event.pk).update(lead=other)
    if wrote and lead.waiting_since:
        _waits(other, wrote)
    return len(ids)


def _replies(merge: Merge, lead: Lead) -> list[Reply]:
    return list(lead.replies.filter(received_at__gt=merge.at).only("id", "lead", "from_address"))


def _waits(lead: Lead, wrote: list[Enquiry]) -> None:
    first = min(wrote, key=lambda each: each.received_at)
    lead.waiting_since = min(lead.waiting_since or first.received_at, first.received_at)
    lead.due_at = min(lead.due_at or first.promise_at, first.promise_at)
    lead.received_at = max(each.received_at for each in wrote)
    lead.attention, lead.snoozed_until, lead.next_action = Attention.NEEDS_US, None, "reply"
    lead.save(update_fields=["waiting_since", "due_at", "received_at", "attention", "snoozed_until", "next_action"])
