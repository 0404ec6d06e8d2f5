"""Tells staff that somebody wrote: a mail without content, at most one in five minutes a person. In a crisis: at once, to all."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from leads.access import Right, may, staff_with
from leads.followup.outbox import queue_many
from leads.models import Enquiry, Lead, Message, MessageKind, Notice, Reply, ReplyKind, Screening, User, first_in

BUNDLE = timedelta(minutes=5)
SETTLED = timedelta(seconds=5)  # an enquiry shows up a moment after its time: its transaction has to commit first
CRISIS_LOOKBACK = timedelta(hours=24)
MANY = 1000


def alert_staff(now: datetime) -> None:
    _alert_of_crises(now)
    _alert_of_new(now - SETTLED)
    _alert_of_notices(now)


def _alert_of_crises(now: datetime) -> None:
    """Whoever may read leads is told, also those who switched alerts off."""
    told = Message.objects.filter(kind=MessageKind.STAFF_ALERT, enquiry__isnull=False).values("enquiry")
    recent = Enquiry.objects.filter(crisis=True, received_at__gt=now - CRISIS_LOOKBACK).exclude(pk__in=told)
    for enquiry in recent.exclude(screening=Screening.SPAM).defer("message"):
        _alert_of_crisis(enquiry, now)


@transaction.atomic
def _alert_of_crisis(enquiry: Enquiry, now: datetime) -> None:
    readers = staff_with(Right.READ_LEADS)
    if readers and first_in(f"crisis:{enquiry.pk}", CRISIS_LOOKBACK, now):  # of two sweeps at once, one
        queue_many([_alert(user, now, enquiry) for user in readers])


def _alert_of_new(until: datetime) -> None:
    """Enquiries by visitors since the person's last alert, up to `until`."""
    newest = _newest(until)
    for user in staff_with(Right.READ_LEADS):
        since = user.alerted_at or user.date_joined
        if user.wants_alerts and newest and newest > since and (user.alerted_at is None or until - user.alerted_at >= BUNDLE):
            _alert_once(user, until)


def alert_of_crisis_in_reply(lead: Lead, now: datetime) -> None:
    """In the transaction that takes the reply in, which happens once."""
    queue_many([_alert(user, now, lead=lead) for user in staff_with(Right.READ_LEADS)])


def alert_of_crisis_again(lead: Lead, users: list[User], now: datetime) -> None:
    """In the caller's transaction, which happens once: nobody has said "I have this" yet."""
    queue_many([_alert(user, now, lead=lead) for user in users])


def _alert_of_notices(now: datetime) -> None:
    """What the desk told somebody and they have not seen there, as one mail: a link, and no word of what it is about."""
    waiting = Notice.objects.filter(read_at=None, mailed_at=None, at__lte=now - SETTLED)
    for user in User.objects.filter(pk__in=set(waiting.values_list("user", flat=True)[:MANY])):
        if user.told_at is None or now - user.told_at >= BUNDLE:
            _tell_once(user, waiting.filter(user=user), now)


@transaction.atomic
def _tell_once(user: User, waiting: QuerySet[Notice], now: datetime) -> None:
    """Looked at once, whoever it is: what nobody may or wants to hear by mail is not mailed."""
    first = User.objects.filter(pk=user.pk, told_at=user.told_at).update(told_at=now) and waiting.update(mailed_at=now)
    if first and user.wants_notices and may(user, Right.WORK_LEADS):
        queue_many([Message(kind=MessageKind.STAFF_ALERT, user=user, mail="notice", to_address=user.email, due_at=now)])


@transaction.atomic
def _alert_once(user: User, until: datetime) -> None:
    if User.objects.filter(pk=user.pk, alerted_at=user.alerted_at).update(alerted_at=until):
        queue_many([_alert(user, until)])


def _newest(until: datetime) -> datetime | None:
    """When a visitor last wrote. Three look-ups at the head of an index, however many leads there are."""
    visitors = Q(enquiries__added_by=None, enquiries__received_at=F("received_at"))
    leads = Lead.objects.filter(visitors, received_at__lte=until).order_by("-received_at", "-id")
    times = [leads.filter(screening=state).values_list("received_at", flat=True).first() for state in (Screening.ACCEPTED, Screening.CHECK)]
    replies = Reply.objects.filter(kind=ReplyKind.REPLY, received_at__lte=until).order_by("-received_at")
    return max(filter(None, [*times, replies.values_list("received_at", flat=True).first()]), default=None)


def _alert(user: User, now: datetime, enquiry: Enquiry | None = None, lead: Lead | None = None) -> Message:
    """With `lead` it is about a crisis in what they replied."""
    return Message(
        kind=MessageKind.STAFF_ALERT,
        user=user,
        enquiry=enquiry,
        lead_id=enquiry.lead_id if enquiry else lead.pk if lead else None,
        mail="crisis-alert" if lead else "",
        to_address=user.email,
        due_at=now,
    )
