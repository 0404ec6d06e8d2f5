"""The list of tasks, and what staff press about those of a lead."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leads.access import DeskRequest, Right, desk, record_read
from leads.models import Lead, Task
from leads.triage.decisions.boxes import one_of
from leads.triage.decisions.forms import checked
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.recording import Conflict
from leads.triage.decisions.tasks_of_lead import add_task, change_task, finish_task, remove_task, reopen_task
from leads.triage.task_list import tasks_page
from leads.triage.task_list.task_forms import NewTaskForm, TaskForm, WhichForm
from leads.triage.words.times import one_stop


@require_safe
@desk(Right.WORK_LEADS)
def tasks(request: DeskRequest) -> HttpResponse:
    context, shown = tasks_page.page(request.user, request.GET)
    record_read(request.user, "tasks", shown, "tasks" if context["asked"].texts else "list", request.id)
    return render(request, "leads/triage/tasks.html", context)


def add(request: DeskRequest, lead: Lead) -> str:
    calendar = Calendar.today()
    data = checked(NewTaskForm(request.POST, calendar=calendar))
    task = add_task(by=request.user, lead=lead, **{name: data[name] for name in ("text", "due_at", "assignee")})
    return one_stop(_("Task added, due %s.") % calendar.when(task.due_at))


def change(request: DeskRequest, lead: Lead) -> str:
    task, calendar = _chosen(request, lead), Calendar.today()
    data = checked(TaskForm(request.POST, calendar=calendar, prefix=task.pk.hex))
    due_at = task.due_at if _same_minute(data, task, calendar) else data["due_at"]
    if change_task(by=request.user, task=task, text=data["text"], due_at=due_at, assignee=data["assignee"]) is None:
        raise Conflict(_("It says so already."))
    return _("Task changed.")


def finish(request: DeskRequest, lead: Lead) -> str:
    finish_task(by=request.user, task=_chosen(request, lead))
    return _("Task done.")


def reopen(request: DeskRequest, lead: Lead) -> str:
    reopen_task(by=request.user, task=_chosen(request, lead))
    return _("Task opened again.")


def take_off(request: DeskRequest, lead: Lead) -> str:
    remove_task(by=request.user, task=_chosen(request, lead))
    return _("Task removed.")


def _same_minute(data: dict[str, object], task: Task, calendar: Calendar) -> bool:
    """The boxes know no seconds: who only rewords it moves nothing."""
    return data["due_at"] == task.due_at.astimezone(calendar.hours.zone).replace(second=0, microsecond=0)


def _chosen(request: DeskRequest, lead: Lead) -> Task:
    return one_of(lead.tasks.all(), checked(WhichForm(request.POST))["task"], _("There is no such task."))
