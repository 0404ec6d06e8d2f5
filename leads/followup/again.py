"""A mail that failed, sent again because a person wishes it. Atomic, and it records its event.

`failed` is final (guarantees R3): what leaves is a new row of the same kind with the same content, which names the one that failed.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.followup import outbox
from leads.followup.bookings import KINDS
from leads.followup.steering import ask_rules
from leads.models import (
    BookingMail,
    EnrolmentState,
    Event,
    EventKind,
    Lead,
    Message,
    MessageKind,
    MessageState,
    Screening,
    Sequence,
    StaffMail,
    StopReason,
    Suppression,
    SuppressionReason,
    User,
)
from leads.policy.refused import Refused

NOT_AGAINST_THEIR_WISH = (MessageKind.ACKNOWLEDGEMENT, *KINDS)  # a person's answer may be
ABOUT_AN_ADDRESS = ("new-address", "address-changed")
SAME = ("kind", "mail", "enquiry_id", "enrolment_id", "step", "text_id", "at_once", "language")


def can_be_sent_again(messages: Collection[Message]) -> set[UUID]:
    """Of these, what failed, was not sent again, and goes to an address that gets such mail: asked for all of them at once."""
    before = {message.again_of_id for message in messages}
    failed = [message for message in messages if _failed(message) and message.pk not in before]
    unwanted = _unwanted({address_now(message) for message in failed}) if failed else {}
    return {message.pk for message in failed if not _is_unwanted(message, unwanted)}


def _failed(message: Message) -> bool:
    """An alert to staff is old by then, and a link to sign in is asked for anew."""
    return message.state == MessageState.FAILED and message.lead_id is not None and message.user_id is None


def _unwanted(addresses: Collection[str]) -> dict[str, set[str]]:
    """By address, why it gets no mail."""
    reasons = defaultdict[str, set[str]](set)
    for address, reason in Suppression.objects.filter(address__in=addresses).values_list("address", "reason"):
        reasons[address].add(reason)
    return reasons


def _is_unwanted(message: Message, unwanted: Mapping[str, set[str]]) -> bool:
    """Who only asked us to stop still gets what is no follow-up."""
    harmless = set() if message.kind == MessageKind.FOLLOWUP else {SuppressionReason.OPTED_OUT.value}
    return bool(unwanted.get(address_now(message), set()) - harmless)


def address_now(message: Message) -> str:
    """Where they are reached now; what is about an address goes to that one."""
    return message.to_address if message.mail in ABOUT_AN_ADDRESS or message.lead is None else message.lead.email


@transaction.atomic
def send_failed_again(*, message: Message, by: User) -> Message | None:
    """None where it was sent again before: one more click sends nothing more."""
    if message.lead is None or not _failed(message):
        raise Refused(_("This mail has not failed."))
    message.lead = lead = Lead.objects.locked().get(pk=message.lead.pk)
    if Message.objects.filter(again_of=message).exists():
        return None
    _ask_rules(message, lead)
    same = {name: getattr(message, name) for name in SAME}
    copy = outbox.queue(lead=lead, to_address=address_now(message), again_of=message, **same)
    if message.kind == MessageKind.ANSWER:
        _copy_words(message.written, copy)
    BookingMail.objects.filter(message=message).update(message=copy)  # there is one a change of the booking, for the mail that tells it
    data = {"message": str(copy.pk), "failed": str(message.pk)}
    Event.objects.create(lead=lead, kind=EventKind.SENT_AGAIN, by=by, data=data)
    return copy


def _ask_rules(message: Message, lead: Lead) -> None:
    """Each kind has those of its first time."""
    address = address_now(message)
    if not address:
        raise Refused(_("We have no email address of this person."))
    if message.kind != MessageKind.FOLLOWUP and _is_unwanted(message, _unwanted({address})):
        raise Refused(_("This address gets no mail: our mail to it came back, or was reported as spam."))
    if lead.screening != Screening.ACCEPTED:
        raise Refused(_("This enquiry has not been released. Release it first."))
    if not lead.is_open:
        raise Refused(_("This lead is closed. Move it to another stage first."))
    if message.kind == MessageKind.FOLLOWUP:
        ask_rules(lead)
        _ask_sequence(message)
    if lead.no_email and (message.kind in NOT_AGAINST_THEIR_WISH or message.mail == "own-page-link"):
        raise Refused(_("They asked us not to email."))
    if message.kind in KINDS:
        _ask_booking(message)


def _ask_sequence(message: Message) -> None:
    """Ours until the transaction ends, so that a pause comes before this mail, or sees it."""
    enrolment = message.enrolment
    if enrolment is None:
        return
    if Sequence.objects.select_for_update(no_key=True).get(pk=enrolment.sequence_id).paused_at:
        raise Refused(_("This sequence is paused."))
    if enrolment.state == EnrolmentState.STOPPED:
        raise Refused(_("They get no follow-up: %s.") % StopReason(enrolment.stop_reason).label)


def _ask_booking(message: Message) -> None:
    """Whoever changes a booking holds its lead, as we do."""
    about = BookingMail.objects.select_related("booking").get(message=message)
    if about.revision != about.booking.revision:
        raise Refused(_("The booking has changed since. They are told of that in a mail of its own."))
    if about.starts_at <= timezone.now():
        raise Refused(_("This booking has begun already."))


def _copy_words(written: StaffMail, copy: Message) -> None:
    """Sealed for its own row."""
    same = {name: getattr(written, name) for name in ("by", "subject", "text", "signature", "answers")}
    StaffMail.objects.create(message=copy, **same)
