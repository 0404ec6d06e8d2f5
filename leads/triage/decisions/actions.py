"""Everything staff decide about a lead. Each verb locks it, changes it, records the event and stops follow-up, in one transaction."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.access import Right, may
from leads.followup import actions as followup
from leads.followup import answers
from leads.models import (
    Answer,
    Attention,
    CallOutcome,
    Category,
    CloseReason,
    Event,
    EventKind,
    Lead,
    NoticeKind,
    PrivacyRequest,
    Stage,
    StopReason,
    User,
)
from leads.models.privacy_request import NEXT_ACTION
from leads.triage.decisions.mentions import mentioned_in
from leads.triage.decisions.notices import tell
from leads.triage.decisions.outcomes import Calendar, Fields, done, moved, replied, settled, snoozed
from leads.triage.decisions.recording import By, Conflict, key_of, lock, person, record, refuse_unless_accepted, refuse_unless_open
from leads.triage.decisions.resting import next_task, request_of, resting
from leads.triage.decisions.snapshots import OWNER
from leads.triage.decisions.tasks_of_lead import drop_tasks

SNOOZE_AT_MOST = timedelta(days=36525)  # near the year 9999 a date has no place in every time zone
NOTE_LIMIT = 5000  # characters


@transaction.atomic
def change_stage(*, by: By, lead: Lead, stage: Stage, reason: CloseReason | None = None, remark: str = "") -> Event | None:
    """None where it is there already. `reason` says why a lead is closed; `remark` is what there is to add, and sealed."""
    lock(lead)
    refuse_unless_accepted(lead)
    if lead.stage_id == stage.pk:
        return None
    closing = stage.category == Category.CLOSED
    if closing:
        _refuse_while_read_first(lead)
        _refuse_while_they_wait(lead)
    calendar = Calendar.today()
    answer = _answer(by, lead, calendar) if replied(lead, stage) else None
    change = moved(lead, stage, calendar)
    if "due_at" in change and not closing:
        change = resting(change, lead)
    change["close_reason"] = reason if closing else None
    more = {"tasks": drop_tasks(by=by, lead=lead)} if closing else None
    event = record(by, lead, EventKind.STAGE, "stage", change, text=remark.strip() or None, answer=answer, more=more)
    followup.stop(lead=lead, reason=StopReason.CLOSED if closing else StopReason.STAGE, by=person(by), event=event)
    return event


@transaction.atomic
def mark_contacted(*, by: By, lead: Lead) -> Event:
    """Somebody spoke with them: New becomes Contacted, done for now, and the follow-up stops."""
    lock(lead)
    refuse_unless_open(lead)
    return _contact(by, lead, EventKind.CONTACTED, "contacted")


@transaction.atomic
def log_call(*, by: By, lead: Lead, outcome: CallOutcome, text: str = "") -> Event:
    """Somebody rang them up. `text` is what there is to say about it."""
    lock(lead)
    refuse_unless_open(lead)
    more = {"outcome": outcome.value}
    if reached(lead, outcome):
        return _contact(by, lead, EventKind.CALLED, "call", more, text=text.strip() or None)
    return record(by, lead, EventKind.CALLED, "call", {}, text=text.strip() or None, more=more)


def reached(lead: Lead, outcome: CallOutcome) -> bool:
    """Whether a call counts as contact.

    Where nobody answered they know nothing of it, and behind a wrong number sits a stranger: both still wait for us, the promise and
    their follow-up go on. A voicemail has told them something; but of whoever may not be safe it tells us nothing.
    """
    return outcome == CallOutcome.SPOKE or (outcome == CallOutcome.VOICEMAIL and not lead.read_first)


@transaction.atomic
def write_to(*, by: User, lead: Lead, subject: str, text: str) -> Event:
    """A person answers by mail, which is a contact like any other. It leaves in ten seconds, and until then undo takes it back."""
    lock(lead)
    refuse_unless_open(lead)
    if not lead.email:
        raise Conflict(_("We have no email address of this person."))
    if answers.gets_no_mail(lead):
        raise Conflict(_("This address gets no mail: our mail to it came back, or was reported as spam."))
    message = answers.queue_answer(by=by, lead=lead, subject=subject, text=text, now=timezone.now())
    return _contact(by, lead, EventKind.ANSWERED, "answer", {"message": str(message.pk)})


def _contact(by: By, lead: Lead, kind: EventKind, noun: str, more: dict[str, str] | None = None, text: str | None = None) -> Event:
    calendar = Calendar.today()
    stage = Stage.objects.first_of(Category.WORKING) if lead.category == Category.NEW else lead.stage
    answer = _answer(by, lead, calendar)
    change = {"stage": stage, "category": stage.category} | resting(settled(stage, calendar), lead)
    event = record(by, lead, kind, noun, change, text=text, answer=answer, more=more)
    followup.stop(lead=lead, reason=StopReason.CONTACTED, by=person(by), event=event)
    return event


@transaction.atomic
def mark_done(*, by: By, lead: Lead) -> Event | None:
    """Nothing to do for now, without contact. It comes back by itself when it is time to check."""
    lock(lead)
    refuse_unless_open(lead)
    _refuse_while_read_first(lead)
    _refuse_while_they_wait(lead)
    _refuse_while_task_is_due(lead)
    if lead.attention == Attention.DONE:
        return None
    return record(by, lead, EventKind.ATTENTION, "done", resting(done(lead.stage, Calendar.today()), lead))


@transaction.atomic
def snooze(*, by: By, lead: Lead, until: datetime) -> Event | None:
    lock(lead)
    refuse_unless_open(lead)
    _refuse_while_read_first(lead)
    _refuse_while_task_is_due(lead)
    if until <= timezone.now():
        raise Conflict(_("Choose a time in the future."))
    if until > timezone.now() + SNOOZE_AT_MOST:
        raise Conflict(_("Choose a day within the next hundred years."))
    if lead.snoozed_until == until:
        return None
    return record(by, lead, EventKind.ATTENTION, "snooze", snoozed(until))


@transaction.atomic
def take_care(*, by: By, lead: Lead) -> Event | None:
    """ "I have this": a person looks after a lead that had to be read first."""
    lock(lead)
    if not lead.read_first:
        return None
    return record(by, lead, EventKind.CRISIS, "care", {"read_first": False})


@transaction.atomic
def assign(*, by: By, lead: Lead, owner: User | None) -> Event | None:
    lock(lead)
    if owner and not may(owner, Right.WORK_LEADS):
        raise Conflict(_("Choose a colleague who works on leads."))
    if lead.owner_id == (owner.pk if owner else None):
        return None
    event = record(by, lead, EventKind.ASSIGNMENT, "assignment", {"owner": owner}, kept=OWNER)
    if owner:
        tell(user=owner, lead=lead, kind=NoticeKind.ASSIGNED, by=person(by), event=event)
    return event


@transaction.atomic
def add_note(*, by: By, lead: Lead, text: str) -> Event:
    lock(lead)
    text = text.strip()
    if not text:
        raise Conflict(_("Write the note first."))
    if len(text) > NOTE_LIMIT:
        raise Conflict(_("Shorten the note to %(limit)d characters or fewer.") % {"limit": NOTE_LIMIT})
    mentioned = mentioned_in(text)
    data: Fields = {"noun": "note"} | ({"mentioned": [user.pk for user in mentioned]} if mentioned else {})
    event = Event.objects.create(lead=lead, kind=EventKind.NOTE, by=person(by), text=text, data=data | key_of(by))
    for user in mentioned:
        tell(user=user, lead=lead, kind=NoticeKind.MENTIONED, by=person(by), event=event)
    return event


@transaction.atomic
def finish_request(*, by: User, lead: Lead, kind: str) -> bool:
    """What they asked about their data is done. The lead needs us no longer where that was all. False where it was done before."""
    lock(lead)
    now = timezone.now()
    if not PrivacyRequest.objects.filter(lead=lead, kind=kind, done_at=None).update(done_at=now, done_by=by):
        return False
    change = resting(done(lead.stage, Calendar.today()), lead) if lead.next_action == NEXT_ACTION else {}
    record(by, lead, EventKind.PRIVACY_DONE, "privacy_request", change, more={"request": kind, "done_at": now.isoformat()})
    return True


@transaction.atomic
def open_story(*, by: User, lead: Lead) -> Event:
    """Somebody reads what they wrote; the lead shows who and when."""
    lock(lead)
    return Event.objects.create(lead=lead, kind=EventKind.STORY_READ, by=by)


def _answer(by: By, lead: Lead, calendar: Calendar) -> Answer | None:
    """How long they waited, in opening time: the next promise is made of this."""
    if lead.waiting_since is None:
        return None
    waited = calendar.hours.between(lead.waiting_since, calendar.now)
    return Answer.objects.create(
        lead=lead, received_at=lead.waiting_since, answered_at=calendar.now, open_seconds=round(waited), by=person(by)
    )


def _refuse_while_they_wait(lead: Lead) -> None:
    if request_of(lead):
        raise Conflict(_("They asked about their data. See to that first, and say that it is done."))


def _refuse_while_task_is_due(lead: Lead) -> None:
    task = next_task(lead)
    if task and task.due_at <= timezone.now():
        raise Conflict(_("A task here is due. Do it, or give it another time."))


def _refuse_while_read_first(lead: Lead) -> None:
    if lead.read_first:
        raise Conflict(_("This person may not be safe. Contact them first, or say that you have this."))
