"""Every way in which mail to visitors is queued, stopped and resumed. Each verb is atomic and records its event."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Model, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from leads.followup import outbox
from leads.followup.causes import another_since
from leads.followup.plans import Plan, Plans, plan_for
from leads.followup.rules import may_follow_up, reason_against
from leads.followup.schedule import first_due, windows_of
from leads.models import (
    Attention,
    Enquiry,
    Enrolment,
    EnrolmentState,
    Event,
    EventKind,
    Lead,
    Message,
    MessageKind,
    MessageState,
    StopReason,
    Suppression,
    SuppressionReason,
    User,
    being_first,
)
from leads.models.statements import Statement, run
from leads.policy.hours import opening_hours
from leads.policy.identity import normal_email

ONCE_A_DAY = timedelta(hours=24)
A_WEEK = timedelta(days=7)
SOFT_BOUNCES = 3


@transaction.atomic(savepoint=False)
def answer(*, enquiry: Enquiry, by: User | None, now: datetime, new: Iterable[Model] = (), suppressed: bool | None = None) -> None:
    """What an accepted enquiry sets off: thanks by mail, and the follow-up they agreed to.

    One address is thanked once in 24 hours, so that nobody can be bombed through us; the row says so.
    `new`: rows to write first, in the same trip to the database. `suppressed`: given where the lead is among them.
    """
    steps: list[Model | Statement] = [*new, *_first_steps(enquiry, by, suppressed)]
    message = _thanks(enquiry, now)
    if message:
        steps += [message, being_first(acknowledgement_key(message.to_address), ONCE_A_DAY, now)]
    returned = run(*steps)
    outbox.ring_after_commit()
    if message and not returned[-1]:
        Message.objects.filter(pk=message.pk).move(MessageState.QUEUED, MessageState.SUPPRESSED, reason="acknowledged_today")


def _thanks(enquiry: Enquiry, now: datetime) -> Message | None:
    address = normal_email(enquiry.email)
    if not address or enquiry.lead.no_email:
        return None
    return Message(
        kind=MessageKind.ACKNOWLEDGEMENT,
        lead_id=enquiry.lead_id,
        enquiry=enquiry,
        to_address=address,
        language=enquiry.language,
        due_at=now,
    )


def acknowledgement_key(address: str) -> str:
    return "ack:" + salted_hmac("leads.followup.acknowledge", address).hexdigest()


@transaction.atomic(savepoint=False)
def enrol(*, enquiry: Enquiry, by: User | None) -> None:
    """Starts the first sequence that is for them, once for each lead, where they asked for it and no rule is against it."""
    run(*_first_steps(enquiry, by))


def _first_steps(enquiry: Enquiry, by: User | None, suppressed: bool | None = None) -> list[Model]:
    """The rows that start it. `suppressed` is known where the lead is new: then it can't have started before."""
    lead = enquiry.lead
    plan = plan_for(enquiry) if enquiry.consent_followup else None
    return _beginning(plan, enquiry, by) if plan and _may_start(lead, plan, suppressed) else []


def _beginning(plan: Plan, enquiry: Enquiry, by: User | None) -> list[Model]:
    lead, sequence = enquiry.lead, plan.version.sequence
    not_before = max(timezone.now(), enquiry.promise_at)  # a follow-up never comes before the answer that was promised
    step, windows = plan.first, windows_of(plan.version, opening_hours(), lead.time_zone, lead.asked_hours)
    due_at = first_due(step, enquiry.received_at, windows, not_before)
    begun = Enrolment(
        lead=lead, sequence=sequence, version=plan.version, anchor_at=enquiry.received_at, next_step=step.position, due_at=due_at
    )
    return [begun, Event(lead=lead, kind=EventKind.ENROLLED, by=by, data={"sequence": sequence.slug})]


def _may_start(lead: Lead, plan: Plan, suppressed: bool | None) -> bool:
    if suppressed is not None:
        return reason_against(lead, suppressed=suppressed) is None
    return may_follow_up(lead) and not lead.enrolments.filter(sequence=plan.version.sequence).exists()


@transaction.atomic
def stop(*, lead: Lead, reason: StopReason | str, by: User | None, event: Event | None = None) -> int:
    """Stops what runs and takes back what has not left. Undoing `event` (the cause) resumes it. How many sequences stopped."""
    going = [enrolment.pk for enrolment in Enrolment.objects.select_for_update().filter(_going(lead))]
    if not going:
        return 0
    stopped = _record(lead, EventKind.FOLLOWUP_STOPPED, by, reason=str(reason))
    Enrolment.objects.filter(pk__in=going).update(state=EnrolmentState.STOPPED, stop_reason=reason, stopped_by=event or stopped)
    _take_back(lead, str(reason))
    return len(going)


def _going(lead: Lead) -> Q:
    """Running, or at its end with the last mail still here."""
    waiting = Message.objects.stoppable().filter(lead=lead, kind=MessageKind.FOLLOWUP).values("enrolment")
    return Q(lead=lead) & (Q(state=EnrolmentState.RUNNING) | Q(state=EnrolmentState.FINISHED, pk__in=waiting))


def _take_back(lead: Lead, reason: str) -> None:
    """Mail that is being handed over at this moment stays, and is shown as "was already leaving"."""
    Message.objects.filter(lead=lead, kind=MessageKind.FOLLOWUP).take_back(reason)


@transaction.atomic
def resume(*, lead: Lead, by: User | None, event: Event | None = None) -> int:
    """What `event` stopped (by hand: whatever is stopped) goes on at the step that has not left, unless something else came since that
    stops it, too. How many sequences resumed.
    """
    if not may_follow_up(lead) or (event and another_since(lead, event)):
        return 0
    stopped = Enrolment.objects.select_for_update().filter(lead=lead, state=EnrolmentState.STOPPED)
    resumed = [_resume(enrolment) for enrolment in (stopped.filter(stopped_by=event) if event else stopped)]
    if any(resumed):
        _record(lead, EventKind.FOLLOWUP_RESUMED, by)
    return sum(resumed)


def _resume(enrolment: Enrolment) -> bool:
    """The next step is the one after the newest mail that was not taken back; one that is overdue moves to the next window."""
    newest = enrolment.messages.exclude(state=MessageState.CANCELLED).aggregate(step=Max("step"))["step"] or 0
    plans, now = Plans.of([enrolment], opening_hours()), timezone.now()
    step = plans[enrolment].step(newest + 1)
    enrolment.state = EnrolmentState.RUNNING if step else EnrolmentState.FINISHED
    enrolment.stop_reason, enrolment.stopped_by = "", None
    if step:
        planned = enrolment.due_at if step.position == enrolment.next_step else None  # None: its mail was made, and taken back
        enrolment.next_step = step.position
        enrolment.due_at = plans.windows_of(enrolment).next(max(planned or now, now))
    enrolment.save()
    return step is not None


@transaction.atomic
def opt_out(*, by: User | None, lead: Lead) -> None:
    """They asked us to stop: at once, for every lead with this address, also for mail already queued. Twice is as good as once."""
    for address in sorted(_addresses_of(lead)):
        suppress(address=address, reason=SuppressionReason.OPTED_OUT, by=by)


def _addresses_of(lead: Lead) -> set[str]:
    """The one they have now, and the ones that our mail went to."""
    written_to = lead.messages.filter(kind=MessageKind.FOLLOWUP).values_list("to_address", flat=True)
    return {lead.email, *written_to} - {""}


# What a reason for writing no more does to follow-ups, and how the timeline tells it.
MEANINGS = {
    SuppressionReason.OPTED_OUT: (StopReason.OPTED_OUT, EventKind.OPTED_OUT),
    SuppressionReason.BOUNCED: (StopReason.BOUNCED, EventKind.BOUNCED),
    SuppressionReason.COMPLAINED: (StopReason.COMPLAINED, EventKind.COMPLAINED),
    SuppressionReason.BY_HAND: (StopReason.SUPPRESSED, EventKind.SUPPRESSED),
}


@transaction.atomic
def suppress(*, address: str, reason: SuppressionReason, by: User | None) -> bool:
    """No more mail to this address, for every lead that has it, also what is queued. False where this reason was known before."""
    _, news = Suppression.objects.get_or_create(address=address, reason=reason, defaults={"by": by})
    why, kind = MEANINGS[reason]
    for lead in _leads_at(address):
        if stop(lead=lead, reason=why, by=by) or news:
            _record(lead, kind, by)
        if news and reason == SuppressionReason.BOUNCED:
            _find_another_way(lead)
    return news


@transaction.atomic
def stop_suppressed(*, address: str, by: User | None) -> None:
    """It gets no mail, for a reason that was known before anything began to run for it."""
    known = Suppression.objects.filter(address=address).order_by("at", "pk").first()
    if known:
        why, _ = MEANINGS[SuppressionReason(known.reason)]
        for lead in _leads_at(address):
            stop(lead=lead, reason=why, by=by)


def _leads_at(address: str) -> Iterable[Lead]:
    return Lead.objects.locked().filter(email=address).order_by("pk")


def _find_another_way(lead: Lead) -> None:
    """An open lead that sleeps needs us. One that does already stays where it is."""
    sleeping = Lead.objects.open().filter(pk=lead.pk).exclude(attention=Attention.NEEDS_US)
    sleeping.update(attention=Attention.NEEDS_US, snoozed_until=None, next_action="other_way", due_at=timezone.now())


@transaction.atomic
def bounced_softly(*, message: Message | None, lead: Lead, by: User | None) -> None:
    """The third in seven days makes a lead that sleeps need us: somebody has to find another way to reach them."""
    lead = Lead.objects.locked().get(pk=lead.pk)
    _record(lead, EventKind.BOUNCED_SOFTLY, by, **({"message": str(message.pk)} if message else {}))
    if lead.events.filter(kind=EventKind.BOUNCED_SOFTLY, at__gt=timezone.now() - A_WEEK).count() >= SOFT_BOUNCES:
        _find_another_way(lead)


@transaction.atomic
def lift(*, address: str, reason: SuppressionReason, by: User) -> bool:
    """This reason is over; what was stopped stays stopped until a person resumes it. False where somebody else lifted it before."""
    deleted, _ = Suppression.objects.filter(address=address, reason=reason).delete()
    for lead in _leads_at(address) if deleted else ():
        _record(lead, EventKind.LIFTED, by, reason=reason.value)
    return bool(deleted)


@transaction.atomic
def hold(*, lead: Lead, by: User | None) -> bool:
    """Automation stands still for this lead until a person releases it. The acknowledgement still leaves."""
    if not Lead.objects.filter(pk=lead.pk, held_at=None).update(held_at=timezone.now()):
        return False
    lead.refresh_from_db(fields=["held_at"])
    stop(lead=lead, reason=StopReason.HELD, by=by, event=_record(lead, EventKind.HELD, by))
    return True


@transaction.atomic
def release_hold(*, lead: Lead, by: User) -> bool:
    """A person looked: what the hold stopped goes on, and a follow-up they asked for meanwhile starts."""
    if not Lead.objects.filter(pk=lead.pk, held_at__isnull=False).update(held_at=None):
        return False
    lead.refresh_from_db(fields=["held_at"])
    _record(lead, EventKind.HOLD_RELEASED, by)
    held = lead.enrolments.filter(state=EnrolmentState.STOPPED, stop_reason=StopReason.HELD).first()
    consented = lead.enquiries.filter(consent_followup=True).defer("message").order_by("-received_at").first()
    if held:
        resume(lead=lead, by=by, event=held.stopped_by)
    elif consented:
        enrol(enquiry=consented, by=by)
    return True


@transaction.atomic
def it_arrived(*, message: Message, by: User) -> bool:
    """A person knows that a mail in doubt was received. False where the doubt was settled before."""
    return _settle_doubt(message, by, MessageState.SENT, sent_at=timezone.now())


@transaction.atomic
def it_left(*, message: Message, by: User | None) -> None:
    """Whoever carries our mail knows of it: no doubt any more. A worker that still waits for the answer finds it settled (fencing)."""
    free = {"claim": None, "lease_until": None}
    if not Message.objects.filter(pk=message.pk).move(MessageState.SENDING, MessageState.SENT, reason="", sent_at=timezone.now(), **free):
        _settle_doubt(message, by, MessageState.SENT, sent_at=timezone.now())


@transaction.atomic
def send_again(*, message: Message, by: User) -> bool:
    """A person would rather have it arrive twice than never. False where the doubt was settled before."""
    if not _settle_doubt(message, by, MessageState.QUEUED, due_at=timezone.now()):
        return False
    outbox.ring_after_commit()
    return True


def _settle_doubt(message: Message, by: User | None, after: MessageState, **fields: datetime) -> bool:
    if not Message.objects.filter(pk=message.pk).move(MessageState.UNKNOWN, after, reason="", **fields):
        return False
    if message.lead:
        _record(message.lead, EventKind.DOUBT_SETTLED, by, message=str(message.pk), state=after.value)
    return True


def _record(lead: Lead, kind: EventKind, by: User | None, **data: str) -> Event:
    return Event.objects.create(lead=lead, kind=kind, by=by, data=data)
