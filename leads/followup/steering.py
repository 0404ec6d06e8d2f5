"""What a person does with one lead's way through a sequence. Each verb is atomic, records its event, and asks every stop rule."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.followup.outbox import queue_many
from leads.followup.plans import Plans, newest_plan
from leads.followup.rules import Rules
from leads.followup.schedule import first_due, windows_of
from leads.followup.sequences import advance, new_mail
from leads.models import COMING, Enrolment, EnrolmentState, Event, EventKind, Lead, MessageState, Sequence, Step, User
from leads.policy.hours import opening_hours
from leads.policy.refused import Refused

SKIPPED = "skipped"


@transaction.atomic
def start(*, lead: Lead, sequence: Sequence, by: User) -> Enrolment:
    """By hand, whatever the sequence's own rule says; their consent counts all the same."""
    lead, plan, now = _locked(lead), newest_plan(sequence), timezone.now()
    ask_rules(lead)
    if plan is None or plan.paused:
        raise Refused(_("This sequence is not running."))
    if lead.enrolments.filter(sequence=sequence).exists():
        raise Refused(_("They have had this sequence already."))
    windows = windows_of(plan.version, opening_hours(), lead.time_zone, lead.asked_hours)
    due_at = first_due(plan.first, now, windows, now)
    Event.objects.create(lead=lead, kind=EventKind.ENROLLED, by=by, data={"sequence": sequence.slug})
    fields = {"anchor_at": now, "next_step": plan.first.position, "due_at": due_at}
    return Enrolment.objects.create(lead=lead, sequence=sequence, version=plan.version, **fields)


@transaction.atomic
def skip(*, enrolment: Enrolment, by: User) -> int:
    """The next mail stays unsent; the ones after it keep their days. Which step it was."""
    _locked(enrolment.lead)
    enrolment, plans = _going(enrolment)
    step, now = _next(enrolment, plans), timezone.now()
    mail = new_mail(enrolment, step, now)
    mail.state, mail.reason = MessageState.SUPPRESSED, SKIPPED
    mail.save(force_insert=True)
    advance(enrolment, step, plans, enrolment.due_at or now, now)
    enrolment.save(update_fields=["state", "next_step", "due_at"])
    Event.objects.create(lead=enrolment.lead, kind=EventKind.STEP_SKIPPED, by=by, data={"step": step.position})
    return step.position


@transaction.atomic
def send_now(*, enrolment: Enrolment, by: User) -> int:
    """The next mail leaves at once, at any hour, for a person wished it; the ones after it count from now. Which step it was."""
    ask_rules(_locked(enrolment.lead))
    enrolment, plans = _going(enrolment)
    step, now = _next(enrolment, plans), timezone.now()
    if plans[enrolment].paused:
        raise Refused(_("This sequence is paused."))
    mail = new_mail(enrolment, step, now)
    mail.at_once = True
    queue_many([mail])
    advance(enrolment, step, plans, now, now)
    enrolment.save(update_fields=["state", "next_step", "due_at"])
    Event.objects.create(lead=enrolment.lead, kind=EventKind.STEP_SENT, by=by, data={"step": step.position})
    return step.position


def _locked(lead: Lead) -> Lead:
    return Lead.objects.locked().get(pk=lead.pk)


def ask_rules(lead: Lead) -> None:
    rules = Rules.about([lead])
    if lead.pk not in rules.allowed:
        raise Refused(_("They did not agree to follow-up emails."))
    if rules.consent_used_up(lead):
        raise Refused(_("They have had all the follow-up emails that they agreed to."))
    if reason := rules.stop_reason(lead):
        raise Refused(_("They get no follow-up: %s.") % reason.label)


def _going(enrolment: Enrolment) -> tuple[Enrolment, Plans]:
    found = Enrolment.objects.select_for_update(of=("self",)).select_related("lead").get(pk=enrolment.pk)
    if found.state != EnrolmentState.RUNNING or found.messages.filter(state__in=COMING).exists():
        raise Refused(_("No follow-up is waiting."))
    return found, Plans.of([found], opening_hours())


def _next(enrolment: Enrolment, plans: Plans) -> Step:
    step = plans[enrolment].step(enrolment.next_step)
    if step is None:
        raise Refused(_("No follow-up is waiting."))
    return step
