"""What has to be done for a lead: added, changed, done, opened again, removed. Each verb locks the lead, and records its event without a
word of the text; whoever gets a task from somebody else is told. The ways back are in tasks_put_back.py.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.access import Right, may
from leads.models import Event, EventKind, Lead, NoticeKind, Task, TaskState, User
from leads.policy.typed_text import clean_line
from leads.triage.decisions.notices import tell
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.recording import By, Conflict, lock, person, record, refuse_unless_open
from leads.triage.decisions.resting import with_tasks
from leads.triage.decisions.snapshots import Snapshot, as_json, snapshot
from leads.triage.words.times import FARTHEST, TOO_FAR

TEXT_LIMIT = 500  # characters
NOUN = "tasks"
CODES = ("state", "due_at", "assignee_id", "settled_at", "settled_by_id")  # what an event keeps of a task
UNTOLD: dict[str, None] = {"told_at": None, "escalated_at": None}


@transaction.atomic
def add_task(*, by: By, lead: Lead, text: str, due_at: datetime, assignee: User | None) -> Task:
    """For whoever is at work then, where `assignee` is None."""
    lock(lead)
    refuse_unless_open(lead)
    text = _line(text)
    _refuse_unless_ahead(due_at)
    _refuse_unless_able(assignee)
    task = Task.objects.create(lead=lead, text=text, due_at=due_at, assignee=assignee, by=person(by))
    event = _record(by, lead, task, EventKind.TASK, codes_of(task) | {"state": TaskState.REMOVED, "settled_at": as_json(task.at)})
    _tell_assignee(by, task, event)
    return task


@transaction.atomic
def change_task(*, by: By, task: Task, text: str, due_at: datetime, assignee: User | None) -> Event | None:
    """None where it says so already."""
    lead = _locked(task)
    refuse_unless_open(lead)
    _refuse_unless(task, TaskState.OPEN)
    text, was = _line(text), codes_of(task)
    reworded, moved, given = text != task.text, due_at != task.due_at, assignee != task.assignee
    if not (reworded or moved or given):
        return None
    if moved:
        _refuse_unless_ahead(due_at)
    _refuse_unless_able(assignee)
    if reworded:
        task.text_before, task.text = task.text, text
    task.due_at, task.assignee = due_at, assignee
    save_task(task, due_anew=moved)
    event = _record(by, lead, task, EventKind.TASK_CHANGED, was, reworded=reworded)
    if given:
        _tell_assignee(by, task, event)
    return event


@transaction.atomic
def finish_task(*, by: By, task: Task) -> Event:
    lead = _locked(task)
    _refuse_unless(task, TaskState.OPEN)
    return _settle(by, lead, task, TaskState.DONE, EventKind.TASK_DONE)


@transaction.atomic
def remove_task(*, by: By, task: Task) -> Event:
    """It was not to be done after all."""
    lead = _locked(task)
    _refuse_unless(task, TaskState.OPEN)
    return _settle(by, lead, task, TaskState.REMOVED, EventKind.TASK_CHANGED)


@transaction.atomic
def reopen_task(*, by: By, task: Task) -> Event:
    lead = _locked(task)
    refuse_unless_open(lead)
    _refuse_unless(task, TaskState.DONE)
    was = codes_of(task)
    Task.objects.filter(pk=task.pk).move(TaskState.DONE, TaskState.OPEN, settled_at=None, settled_by=None, **UNTOLD)
    task.refresh_from_db(fields=CODES)
    return _record(by, lead, task, EventKind.TASK_CHANGED, was)


def drop_tasks(*, by: By, lead: Lead) -> list[str]:
    """In the transaction that closes the lead, which holds it: there is nothing to do for it any more. The ids, for undo."""
    ids = [str(pk) for pk in lead.tasks.open().values_list("pk", flat=True)]
    Task.objects.filter(pk__in=ids).move(TaskState.OPEN, TaskState.REMOVED, settled_at=timezone.now(), settled_by=person(by))
    return ids


# What they share


def codes_of(task: Task) -> Snapshot:
    return snapshot(task, CODES)


def save_task(task: Task, *, due_anew: bool) -> None:
    """`due_anew`: its time is still to come, or comes again, so that it is told then."""
    if due_anew:
        task.told_at = task.escalated_at = None
    task.save(update_fields=["text", "text_before", "told_at", "escalated_at", *(name.removesuffix("_id") for name in CODES)])


def _locked(task: Task) -> Lead:
    """Whoever changes a task holds its lead; both as they are now."""
    lead = task.lead
    lock(lead)
    task.refresh_from_db()
    task.lead = lead
    return lead


def _refuse_unless(task: Task, state: str) -> None:
    if task.state == state:
        return
    said = {
        TaskState.OPEN.value: _("This task is open already."),
        TaskState.DONE.value: _("This task is done already (%s).") % (task.settled_by or _("by a program")),
        TaskState.REMOVED.value: _("This task was removed."),
    }
    raise Conflict(said[task.state])


def _line(text: str) -> str:
    text = clean_line(text)
    if not text:
        raise Conflict(_("Write what there is to do."))
    if len(text) > TEXT_LIMIT:
        raise Conflict(_("Shorten the task to %(limit)d characters or fewer.") % {"limit": TEXT_LIMIT})
    return text


def _refuse_unless_ahead(due_at: datetime) -> None:
    if due_at <= timezone.now():
        raise Conflict(_("That time is past. Choose a later one."))
    if due_at > timezone.now() + FARTHEST:
        raise Conflict(str(TOO_FAR))


def _refuse_unless_able(assignee: User | None) -> None:
    if assignee and not may(assignee, Right.WORK_LEADS):
        raise Conflict(_("Choose a colleague who works on leads."))


def _settle(by: By, lead: Lead, task: Task, state: TaskState, kind: EventKind) -> Event:
    was = codes_of(task)
    Task.objects.filter(pk=task.pk).move(TaskState.OPEN, state, settled_at=timezone.now(), settled_by=person(by))
    task.refresh_from_db(fields=CODES)
    return _record(by, lead, task, kind, was)


def _record(by: By, lead: Lead, task: Task, kind: str, was: Snapshot, *, reworded: bool = False) -> Event:
    more = {"task": str(task.pk), "was": was, "is": codes_of(task)} | ({"reworded": True} if reworded else {})
    return record(by, lead, kind, NOUN, with_tasks(lead, Calendar.today()), more=more)


def _tell_assignee(by: By, task: Task, event: Event) -> None:
    if task.assignee:
        tell(user=task.assignee, lead=task.lead, kind=NoticeKind.TASK, by=person(by), event=event)
