"""Mails about bookings are looked at again once they are claimed: much can have happened since they were queued."""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from leads.followup.bookings import KINDS, NO_EMAIL, windows_for
from leads.followup.claim import FREE, own, release
from leads.models import BookingMail, Message, MessageState
from leads.policy.hours import OpeningHours


class Verdict(NamedTuple):
    """Neither: it leaves."""

    against: str = ""  # a code: why it never leaves
    opens: datetime | None = None  # when it may leave


def that_still_hold(batch: list[Message], hours: OpeningHours) -> list[Message]:
    """The others are put aside, or wait. Asks nobody where no mail is about a booking."""
    theirs = [message.pk for message in batch if message.kind in KINDS]
    if not theirs:
        return batch
    now, mails = timezone.now(), BookingMail.objects.select_related("booking__lead").in_bulk(theirs)
    verdicts = {pk: _verdict(mail, now, hours) for pk, mail in mails.items()}
    for message in batch:
        verdict = verdicts.get(message.pk, Verdict())
        if verdict.against:
            own(message).move(MessageState.CLAIMED, MessageState.SUPPRESSED, reason=verdict.against, **FREE)
        elif verdict.opens:
            release([message], verdict.opens)
    return [message for message in batch if not any(verdicts.get(message.pk, Verdict()))]


def _verdict(mail: BookingMail, now: datetime, hours: OpeningHours) -> Verdict:
    booking, lead = mail.booking, mail.booking.lead
    if mail.revision != booking.revision:
        return Verdict("replaced")
    if lead.no_email:
        return Verdict(NO_EMAIL)
    if mail.starts_at <= now and booking.cancelled_at is None:  # that it is off, they may hear of late
        return Verdict("too_late")
    return _verdict_on_reminder(mail, now, hours) if mail.reminds else Verdict()


def _verdict_on_reminder(mail: BookingMail, now: datetime, hours: OpeningHours) -> Verdict:
    """A late one waits for the next moment at which it may leave; after the time itself it is worth nothing."""
    if mail.booking.lead.held_at:
        return Verdict("held")
    opens = windows_for(mail.booking.lead, hours).next(now)
    if opens >= mail.starts_at:
        return Verdict("too_late")
    return Verdict(opens=opens) if opens > now else Verdict()
