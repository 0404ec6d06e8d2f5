"""The ways back of tasks (leads/triage/undo/undo.py asks)."""

from leads.models import Event, Lead, TaskState
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.resting import with_tasks
from leads.triage.decisions.snapshots import restore, still, thawed
from leads.triage.decisions.tasks_of_lead import CODES, codes_of, save_task


def stands(lead: Lead, event: Event) -> bool:
    """Whether the task is as this change left it, and may be put back."""
    task = lead.tasks.filter(pk=event.data["task"]).first()
    if task is None or codes_of(task) != event.data["is"] or (event.data.get("reworded") and task.text_before is None):
        return False
    return lead.is_open or event.data["was"]["state"] != TaskState.OPEN


def put_back(lead: Lead, event: Event) -> None:
    """The lead, too, where nothing else has happened to it."""
    task, was, now = lead.tasks.get(pk=event.data["task"]), event.data["was"], event.data["is"]
    for name, value in thawed(was, CODES).items():
        setattr(task, name, value)
    if event.data.get("reworded") and task.text_before is not None:
        task.text, task.text_before = task.text_before, None
    save_task(task, due_anew=was["due_at"] != now["due_at"] or (was["state"] == TaskState.OPEN and now["state"] != TaskState.OPEN))
    if still(lead, event.data["after"]):
        restore(lead, event.data["before"])
    else:
        Lead.objects.filter(pk=lead.pk).update(**with_tasks(lead, Calendar.today()))


def pick_up_tasks(lead: Lead, event: Event) -> None:
    """Those that were dropped when `event` closed the lead."""
    dropped = lead.tasks.filter(pk__in=event.data.get("tasks", []))
    dropped.move(TaskState.REMOVED, TaskState.OPEN, settled_at=None, settled_by=None)
