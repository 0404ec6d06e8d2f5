"""Everything that arrives becomes a lead here, in one transaction: the form, the API and "Add enquiry" call the same verb.

Mail has a verb of its own: it may be an answer, and then joins the lead that we wrote to.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from leads.capture import incoming
from leads.capture.idempotency import Fingerprint
from leads.capture.joining import Place, bring_back, finding_place, known_lead, lead_for, lead_in_check, lead_of_link, wait_for_request
from leads.capture.limits import Flooded, count_retry, counting, judge
from leads.capture.origin import Origin
from leads.capture.referred import referral_in_words
from leads.followup import actions as followup
from leads.models import (
    Channel,
    Clinic,
    Enquiry,
    Event,
    EventKind,
    Lead,
    PrivacyRequest,
    PrivacyRequestKind,
    Reply,
    Screening,
    StopReason,
    User,
)
from leads.models.ids import uuid7
from leads.models.statements import run
from leads.policy import consent
from leads.policy.crisis import mentions_crisis
from leads.policy.identity import identity_key, normal_email, normal_phone
from leads.policy.inbound import InboundMail, Kind, read_mail
from leads.policy.promise import promise_at
from leads.policy.spam import content_suspicions

TRIES = 4  # Two enquiries of one new person at the same moment: one makes the lead, the other looks again and joins it.


@dataclass(frozen=True)
class Receipt:
    """What the visitor is told. `enquiry_id` is for the thank-you page's link."""

    enquiry_id: UUID
    reference: str
    promise_at: datetime
    crisis: bool

    @classmethod
    def of(cls, enquiry: Enquiry) -> "Receipt":
        return cls(enquiry.pk, enquiry.reference, enquiry.promise_at, enquiry.crisis)


def receive_enquiry(
    *, by: User | None, channel: str, details: dict[str, Any], origin: Origin, key: str | None = None, joins: Lead | None = None
) -> Receipt:
    """Saves the enquiry with its lead, event and acknowledgement; the same key and details again: the same receipt.

    `details` is the cleaned data of EnquiryForm. `joins`: the lead that the visitor's own link names. Raises KeyReused (the key belongs to
    other details) and Flooded.
    """
    now = timezone.now()
    fingerprint = Fingerprint.of(channel, key, details, now)
    for attempt in range(1, TRIES + 1):
        try:
            receipt = _receive(by, channel, details, origin, fingerprint, now, joins)
        except IntegrityError:
            if earlier := fingerprint.earlier():
                if by is None:
                    count_retry(origin, now)
                return Receipt.of(fingerprint.check(earlier))
            if attempt == TRIES:
                raise
        else:
            if receipt is None:
                raise Flooded
            return receipt
    raise AssertionError("unreachable")


@transaction.atomic
def _receive(
    by: User | None,
    channel: str,
    details: dict[str, Any],
    origin: Origin,
    fingerprint: Fingerprint,
    now: datetime,
    joins: Lead | None,
) -> Receipt | None:
    """None where the counters say flood; they are committed all the same."""
    email, phone = normal_email(details["email"]), normal_phone(details["phone"], Clinic.current().country)
    finding, suspicions = finding_place(details["name"], email, phone), list(origin.suspicions)
    if by is None:
        counts, [found] = run(counting(origin, email, now), finding)
        above, flooded = judge(dict(counts))
        if flooded:
            return None
        suspicions += above + content_suspicions(details["message"], details["name"])
    else:
        [[found]] = run(finding)
    if joins and joins.screening != Screening.ACCEPTED:
        suspicions.append("in_check")
    place = Place._make(found)
    enquiry = _new_enquiry(by, channel, details, origin, suspicions, promise_at(now), now)
    enquiry.capture_key, enquiry.body_hash = fingerprint.key, fingerprint.body
    named = lead_of_link(joins, enquiry) if joins else None
    place_for = lead_in_check if suspicions else lead_for
    enquiry.lead = named or place_for(enquiry, place, email=email, phone=phone, zone=origin.zone)
    _write(enquiry, place, _rows(enquiry, by))
    return Receipt.of(enquiry)


def _write(enquiry: Enquiry, place: Place, rows: list[Model]) -> None:
    """Follow-up writes them together with its own; but a hold has to stand before anything can start."""
    accepted, is_new = enquiry.screening == Screening.ACCEPTED, enquiry.lead_id == place.vacant
    if enquiry.crisis or not accepted:
        run(*rows)
        rows = []
    if enquiry.crisis:
        followup.hold(lead=enquiry.lead, by=None)
    if accepted:
        by, now, suppressed = enquiry.added_by, enquiry.received_at, place.suppressed if is_new else None
        followup.answer(enquiry=enquiry, by=by, now=now, new=rows, suppressed=suppressed)


def _new_enquiry(
    by: User | None, channel: str, details: dict[str, Any], origin: Origin, suspicions: list[str], promise: datetime, now: datetime
) -> Enquiry:
    typed = {name: details[name] for name in ("name", "email", "phone", "message", "topic", "reply_by", "may_leave_voicemail")}
    return Enquiry(
        id=uuid7(),
        channel=channel,
        added_by=by,
        received_at=now,
        promise_at=promise,
        language=origin.language,
        consent_reply=details["consent_reply"],
        consent_followup=details["consent_followup"],
        consent_version=consent.CURRENT,
        screening=Screening.CHECK if suspicions else Screening.ACCEPTED,
        screening_reasons=suspicions,
        crisis=any(map(mentions_crisis, (details["message"], details["name"]))),  # Who is in need does not mind the fields.
        page=origin.page,
        referrer=origin.referrer,
        utm=origin.utm,
        **typed,
    )


def _rows(enquiry: Enquiry, by: User | None) -> list[Model]:
    """What is to be written. A conflict about the key, or about the person, ends it all."""
    lead, at, data = enquiry.lead, enquiry.received_at, {"enquiry": str(enquiry.pk)}
    rows: list[Model] = [lead, enquiry] if lead._state.adding else [enquiry]
    rows.append(Event(lead=lead, kind=EventKind.ENQUIRY, at=at, by=by, data=data | {"channel": enquiry.channel}))
    if enquiry.crisis:
        rows.append(Event(lead=lead, kind=EventKind.CRISIS, at=at, data=data))
    return rows


@transaction.atomic
def add_referral(*, enquiry: Enquiry, details: dict[str, Any]) -> bool:
    """Who the enquiry is about, as a note: sealed, and no lead of theirs, for they did not write. False where we know already.

    `details` is the cleaned data of ReferralForm.
    """
    lead = Lead.objects.locked().get(pk=enquiry.lead_id)
    if referral_of(enquiry).exists():
        return False
    about = {"about": "referral", "enquiry": str(enquiry.pk)}
    Event.objects.create(lead=lead, kind=EventKind.NOTE, data=about, text=referral_in_words(details))
    return True


def referral_of(enquiry: Enquiry) -> QuerySet[Event]:
    return Event.objects.filter(lead=enquiry.lead_id, kind=EventKind.NOTE, data__about="referral", data__enquiry=str(enquiry.pk))


def receive_mail(*, by: User | None, raw: bytes) -> Reply:
    """A mail came back. The same mail again, by whatever way, is the same reply. Who wrote to us first waits in Check."""
    mail = incoming.unless_ours(read_mail(raw))
    fingerprint = incoming.fingerprint_of(mail, raw)
    for _ in range(TRIES):
        if earlier := Reply.objects.filter(fingerprint=fingerprint).first():
            return earlier
        try:
            return _receive_mail(by, mail, fingerprint)
        except IntegrityError:
            continue  # The same mail came by another way at this moment.
    return _receive_mail(by, mail, fingerprint)


@transaction.atomic
def _receive_mail(by: User | None, mail: InboundMail, fingerprint: str) -> Reply:
    now, thread = timezone.now(), incoming.thread_of(mail)
    if mail.kind != Kind.REPLY or thread.lead:
        return incoming.take_in(mail, fingerprint, thread, now)
    enquiry = _from_stranger(by, mail, now)
    return incoming.record(mail, fingerprint, incoming.Thread(enquiry.lead, None), now, enquiry)


def _from_stranger(by: User | None, mail: InboundMail, now: datetime) -> Enquiry:
    """Whoever writes to us wants an answer, and agreed to nothing else."""
    details: dict[str, Any] = dict.fromkeys(("phone", "topic", "reply_by"), "") | {
        "name": mail.from_name or mail.from_address.partition("@")[0] or "?",
        "email": mail.from_address,
        "message": "\n\n".join(filter(None, (mail.subject, mail.text, mail.quoted))),
        "may_leave_voicemail": False,
        "consent_reply": True,
        "consent_followup": False,
    }
    email = normal_email(mail.from_address)[:254]
    [[found]] = run(finding_place(details["name"], email, ""))
    place = Place._make(found)
    enquiry = _new_enquiry(by, Channel.EMAIL, details, Origin(), ["by_mail"], promise_at(now), now)
    enquiry.lead = lead_in_check(enquiry, place, email=email, phone="")
    _write(enquiry, place, _rows(enquiry, by))
    return enquiry


@transaction.atomic
def ask_about_data(*, by: User | None, lead: Lead, kind: PrivacyRequestKind) -> bool:
    """A copy, or deletion: a person sees to it within a week, and the lead needs us until then. Asked twice, it is one request.

    Who asks for deletion gets no follow-up meanwhile.
    """
    lead.refresh_from_db(from_queryset=Lead.objects.locked())
    request, is_new = PrivacyRequest.objects.get_or_create(lead=lead, kind=kind, done_at=None)
    if not is_new:
        return False
    wait_for_request(lead, request)
    Event.objects.create(lead=lead, kind=EventKind.PRIVACY_REQUEST, by=by, data={"request": kind.value})
    if kind == PrivacyRequestKind.DELETION:
        followup.stop(lead=lead, reason=StopReason.DELETION, by=by)
    return True


def release(*, by: User | None, lead: Lead) -> Lead:
    """A person found the enquiry genuine: it joins the same person's lead, or becomes one. Returns that lead; twice changes nothing."""
    for _ in range(TRIES):
        try:
            return _release(by, lead)
        except IntegrityError:
            continue  # The same person's lead was made this moment: look again, join it.
    return _release(by, lead)


@transaction.atomic
def _release(by: User | None, lead: Lead) -> Lead:
    found = Lead.objects.select_for_update().filter(pk=lead.pk).first()
    if found is None:  # A colleague was quicker, and it joined the lead that the same person has.
        return Lead.objects.get(enquiries__reference=lead.reference)
    lead = found
    if lead.screening in (Screening.ACCEPTED, Screening.MERGED):
        return lead.standing
    enquiries = list(lead.enquiries.order_by("received_at"))  # more than one where they added to it from their own page
    key = identity_key(lead.name, lead.email, lead.phone)
    known = known_lead(key)
    if known:
        lead = _join(lead, known, enquiries[-1])
    else:
        lead.identity_key, lead.screening = key, Screening.ACCEPTED
        lead.save(update_fields=["identity_key", "screening"])
    lead.enquiries.update(screening=Screening.ACCEPTED)
    Event.objects.create(lead=lead, kind=EventKind.RELEASED, by=by, data={"enquiry": str(enquiries[-1].pk)})
    for enquiry in enquiries:
        enquiry.lead, enquiry.screening = lead, Screening.ACCEPTED
        followup.answer(enquiry=enquiry, by=by, now=timezone.now())
    return lead


def _join(provisional: Lead, known: Lead, enquiry: Enquiry) -> Lead:
    held = provisional.held_at is not None or provisional.enquiries.filter(crisis=True).exists()
    for rows in (provisional.enquiries, provisional.events, provisional.messages, provisional.replies, provisional.contact_rules):
        rows.update(lead=known)
    asked = known.privacy_requests.filter(done_at=None).values("kind")  # Asked on both, it is one request.
    provisional.privacy_requests.exclude(done_at=None, kind__in=asked).update(lead=known)
    bring_back(known, enquiry)
    known.read_first = known.read_first or provisional.read_first
    known.phone = known.phone or provisional.phone
    known.time_zone = known.time_zone or provisional.time_zone
    known.may_leave_voicemail = _voicemail_rule(known)
    known.save()
    provisional.delete()
    if held:
        followup.hold(lead=known, by=None)
    return known


def _voicemail_rule(lead: Lead) -> bool:
    """The newest enquiry that left a number decides, and the released one need not be the newest."""
    with_number = lead.enquiries.exclude(phone="").order_by("-received_at")
    rule = with_number.values_list("may_leave_voicemail", flat=True).first()
    return lead.may_leave_voicemail if rule is None else rule


@transaction.atomic
def mark_spam(*, by: User, lead: Lead) -> bool:
    """Out of the way, still readable, and `release` brings it back. False where it isn't in check."""
    if not _rescreen(lead, Screening.CHECK, Screening.SPAM):
        return False
    Event.objects.create(lead=lead, kind=EventKind.MARKED_SPAM, by=by, data={"noun": "spam"})
    return True


@transaction.atomic
def unmark_spam(*, by: User, lead: Lead) -> bool:
    """Back into Check, where a person decides again. False where it isn't spam."""
    if not _rescreen(lead, Screening.SPAM, Screening.CHECK):
        return False
    marked = lead.events.filter(kind=EventKind.MARKED_SPAM).order_by("-at", "-id").values_list("pk", flat=True).first()
    Event.objects.create(lead=lead, kind=EventKind.UNDONE, by=by, data={"of": str(marked), "noun": "spam"})
    return True


def _rescreen(lead: Lead, before: Screening, after: Screening) -> bool:
    """Of two who decide at once, one does."""
    changed = Lead.objects.filter(pk=lead.pk, screening=before).update(screening=after)
    if changed:
        lead.enquiries.update(screening=after)
    return bool(changed)
