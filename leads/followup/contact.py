"""How somebody may be reached: what they say on their own page, and what a colleague lets hold. Atomic verbs that record their event."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from leads.followup import outbox
from leads.followup.actions import stop
from leads.followup.bookings import KINDS
from leads.models import (
    ContactRule,
    Event,
    EventKind,
    Lead,
    Message,
    MessageKind,
    MessageState,
    ReplyBy,
    Screening,
    StopReason,
    Suppression,
    SuppressionReason,
    User,
    first_in,
)
from leads.policy.identity import identity_key

ONCE_AN_HOUR = timedelta(hours=1)


@transaction.atomic
def say_how_to_reach(*, lead: Lead, wishes: Mapping[str, Any], by: User | None, proven: bool) -> ContactRule:
    """`wishes`: the fields of a ContactRule. `proven`: it is their lead; else a colleague looks at it before it holds.

    A new email address waits even then, for the link that we mail to it; what they told a colleague (`by`) does not. The same again is
    the same rule.
    """
    lead.refresh_from_db(from_queryset=Lead.objects.locked())
    typed = wishes["email"]
    if proven and not typed and (waiting := waiting_address(lead)):
        wishes = {**wishes, "email": waiting.email}  # it goes on waiting
    newest = lead.contact_rules.order_by("-at", "-id").first()
    moves = by is not None and typed not in ("", lead.email)
    if newest and _is_same(newest, wishes) and bool(newest.used_at) == proven and not moves:
        return newest
    rule = ContactRule.objects.create(lead=lead, used_by=by, **wishes)
    returns = by is not None and proven and not moves and rule.phone in ("", lead.phone)  # An address or a number has no way back.
    way_back = {"noun": "contact_rule", "before": _wishes(lead)} if returns else {}
    event = _record(lead, EventKind.CONTACT_RULE, by, rule=str(rule.pk), asked=not proven, told=by is not None, **way_back)
    if proven:
        _use(rule, lead, by, timezone.now(), event if returns else None)
    if moves:
        _move(lead, rule, by, timezone.now())
    elif proven and typed not in ("", lead.email):
        _mail(lead, "new-address", typed)
    return rule


@transaction.atomic
def write_down_how_to_reach(*, lead: Lead, wishes: Mapping[str, Any], by: User) -> bool:
    """They told a colleague: all of it holds at once. False where the lead waits in Check, or did until now: nobody knew whose it is."""
    locked = Lead.objects.locked().filter(pk=lead.pk).first()
    if locked is None or locked.screening != Screening.ACCEPTED:
        return False
    lead.refresh_from_db()
    say_how_to_reach(lead=lead, wishes=wishes, by=by, proven=True)
    return True


def _is_same(rule: ContactRule, wishes: Mapping[str, Any]) -> bool:
    return all(getattr(rule, name) == value for name, value in wishes.items())


@transaction.atomic
def use_what_they_asked(*, rule: ContactRule, by: User) -> bool:
    """A colleague knows that it is them. False where it holds already, they said otherwise since, or the lead waits in Check."""
    now, lead = timezone.now(), rule.lead
    lead.refresh_from_db(from_queryset=Lead.objects.locked())
    if lead.screening != Screening.ACCEPTED or lead.contact_rules.in_use().filter(at__gt=rule.at).exists():
        return False
    if not ContactRule.objects.filter(pk=rule.pk, used_at=None).update(used_by=by):
        return False
    rule.refresh_from_db()
    _use(rule, lead, by, now)
    _record(lead, EventKind.CONTACT_RULE, by, rule=str(rule.pk), asked=False)
    if rule.email and rule.email != lead.email:
        _move(lead, rule, by, now)
    return True


@transaction.atomic
def confirm_address(*, lead: Lead, address: str, by: User | None) -> bool:
    """Whoever reads mail at the new address opened the link there, so it is used from now on. False where it is already."""
    lead.refresh_from_db(from_queryset=Lead.objects.locked())
    rule = waiting_address(lead)
    if rule is None or rule.email != address:
        return False
    _move(lead, rule, by, timezone.now())
    return True


@transaction.atomic
def send_fresh_link(*, lead: Lead, by: User | None) -> bool:
    """To the address that we use, once an hour. Whether it leaves is told to nobody who asks; the timeline shows it."""
    reachable = lead.email and not lead.no_email and lead.screening == Screening.ACCEPTED
    if not reachable or not first_in(f"link:{lead.pk}", ONCE_AN_HOUR, timezone.now()):
        return False
    _mail(lead, "own-page-link", lead.email)
    return True


def waiting_address(lead: Lead) -> ContactRule | None:
    """The rule whose new address waits for its link to be opened. Whatever they said later takes its place."""
    newest = lead.contact_rules.in_use().first()
    return newest if newest and newest.email not in ("", lead.email) and newest.email_used_at is None else None


WISHES = ("no_email", "may_leave_voicemail", "asked_hours", "reply_by")


def _wishes(lead: Lead) -> dict[str, bool | str]:
    return {name: getattr(lead, name) for name in WISHES}


@transaction.atomic
def forget_rule(*, lead: Lead, event: Event) -> None:
    """Undoes that somebody wrote it down: what held before holds again."""
    for name in WISHES:
        setattr(lead, name, event.data["before"][name])
    lead.save(update_fields=list(WISHES))
    lead.contact_rules.filter(pk=event.data["rule"]).delete()


def _use(rule: ContactRule, lead: Lead, by: User | None, now: datetime, event: Event | None = None) -> None:
    ContactRule.objects.filter(pk=rule.pk).update(used_at=now)
    rule.used_at = now
    lead.no_email = ReplyBy.EMAIL not in rule.channels
    lead.may_leave_voicemail = rule.may_leave_voicemail
    lead.asked_hours = rule.hours
    lead.phone = rule.phone or lead.phone
    if lead.reply_by not in rule.channels:
        lead.reply_by = rule.channels[0] if rule.channels else ""
    lead.identity_key = _key_of(lead)
    lead.save(update_fields=["no_email", "may_leave_voicemail", "asked_hours", "phone", "reply_by", "identity_key"])
    if lead.no_email:
        stop(lead=lead, reason=StopReason.NO_EMAIL, by=by, event=event)


def _move(lead: Lead, rule: ContactRule, by: User | None, now: datetime) -> None:
    """From here on we write to the new address. The old one is told: should it not have been them, they can call us."""
    old, lead.email = lead.email, rule.email
    lead.identity_key = _key_of(lead)
    lead.save(update_fields=["email", "identity_key"])
    ContactRule.objects.filter(pk=rule.pk).update(email_used_at=now)
    _record(lead, EventKind.ADDRESS, by, rule=str(rule.pk))
    if old:
        address_changed(lead=lead, old=old)


@transaction.atomic
def address_changed(*, lead: Lead, old: str) -> None:
    """Mail that has not left goes to the lead's new address, and the old one is told."""
    _take_along(lead, old)
    _mail(lead, "address-changed", old)


@transaction.atomic
def address_changed_back(*, lead: Lead, new: str) -> None:
    """The change was taken back: mail follows, and whoever has not been told yet is not."""
    lead.messages.filter(kind=MessageKind.OWN_PAGE, mail="address-changed", to_address=lead.email).take_back("undone")
    _take_along(lead, new)


@transaction.atomic
def address_joined(*, lead: Lead, old: str) -> None:
    """Both addresses are this person's, and from here on we write to the lead's. Nothing moved, so nobody is told."""
    _take_along(lead, old)


@transaction.atomic
def address_parted(*, lead: Lead, old: str) -> None:
    """They are two people: mail of this one that has not left goes to their own address again."""
    _redirect(lead, old)


def _key_of(lead: Lead) -> str | None:
    """By which they are known when they write again; the old one where it is another lead's: those stay "possibly the same person"."""
    key = identity_key(lead.name, lead.email, lead.phone)
    return lead.identity_key if Lead.objects.filter(identity_key=key).exclude(pk=lead.pk).exists() else key


def _take_along(lead: Lead, old: str) -> None:
    """Mail that has not left goes to the new address; and who asked us to stop did not mean one mailbox."""
    _redirect(lead, old)
    if Suppression.objects.filter(address=old, reason=SuppressionReason.OPTED_OUT).exists():
        Suppression.objects.get_or_create(address=lead.email, reason=SuppressionReason.OPTED_OUT)


def _redirect(lead: Lead, old: str) -> None:
    kinds = (MessageKind.FOLLOWUP, *KINDS)
    lead.messages.filter(kind__in=kinds, state=MessageState.QUEUED, to_address=old).update(to_address=lead.email)


def _mail(lead: Lead, name: str, address: str) -> Message:
    return outbox.queue(kind=MessageKind.OWN_PAGE, mail=name, lead=lead, to_address=address, language=lead.language)


def _record(lead: Lead, kind: EventKind, by: User | None, **data: Any) -> Event:
    return Event.objects.create(lead=lead, kind=kind, by=by, data=data)
