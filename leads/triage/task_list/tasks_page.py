"""What there is to do, the soonest first: one's own tasks, or everybody's. The list tells for whom and until when. What a task says is
told of one's own alone, when somebody asks, which is recorded; and never while others may see the screen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from leads.models import Lead, Stage, Task, TaskQuerySet, User
from leads.triage.decisions.outcomes import Calendar
from leads.triage.lists.states import Chip
from leads.triage.lists.waiting_room import is_on, shown_name
from leads.triage.task_list.task_panel import for_whom
from leads.triage.words.pages import SOONEST_TASK, page_of
from leads.triage.words.staff import people
from leads.triage.words.times import Moment


@dataclass(frozen=True)
class Asked:
    """What the address says: whose, whether with what they say, and from where on."""

    everybody: bool
    texts: bool
    cursor: str

    @classmethod
    def by(cls, query: QueryDict) -> "Asked":
        everybody = query.get("of") == "everybody"
        return cls(everybody, query.get("texts") == "on" and not everybody and not is_on(), query.get("cursor", ""))

    def tasks(self, user: User) -> TaskQuerySet:
        tasks = Task.objects.open().of_open_leads().select_related("lead")
        found = tasks if self.everybody else tasks.filter(assignee=user)
        return found if self.texts else found.defer("text", "text_before")

    def query(self, **more: str) -> str:
        said = {"of": "everybody" if self.everybody else "", "texts": "on" if self.texts else ""} | more
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True, slots=True)
class Line:
    pk: str
    name: str
    url: str
    done_url: str
    text: str
    due: Moment
    who: str  # "" where it is one's own
    stage: Chip


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    tone: str
    lines: list[Line]


def page(user: User, query: QueryDict) -> tuple[dict[str, Any], list[Lead]]:
    """What the template needs, and the leads it shows."""
    asked, calendar = Asked.by(query), Calendar.today()
    found = page_of(asked.tasks(user), SOONEST_TASK, asked.cursor)
    context = {
        "asked": asked,
        "groups": _groups(found.leads, asked, calendar),
        "newer": asked.query(cursor=found.newer) if found.newer else "",
        "older": asked.query(cursor=found.older) if found.older else "",
        "with_texts": asked.query(texts="on", cursor=asked.cursor),
        "without_texts": asked.query(texts="", cursor=asked.cursor),
        "can_show": not asked.everybody and not is_on(),
    }
    return context, list({task.lead_id: task.lead for task in found.leads}.values())


def _groups(found: Iterable[Task], asked: Asked, calendar: Calendar) -> list[Group]:
    rows = list(found)
    stages = Stage.objects.known_by_id({task.lead.stage_id for task in rows})
    people.with_ids({task.assignee_id for task in rows if task.assignee_id})
    lines = [(_when(task.due_at, calendar), _line(task, stages[task.lead.stage_id], asked, calendar)) for task in rows]
    titles = {"overdue": _("Overdue"), "today": _("Today"), "later": _("Later")}
    tones = {"overdue": "danger"}
    grouped = groupby(lines, key=lambda each: each[0])
    return [Group(titles[when], tones.get(when, ""), [line for _when, line in each]) for when, each in grouped]


def _when(due_at: datetime, calendar: Calendar) -> str:
    if due_at <= calendar.now:
        return "overdue"
    return "today" if calendar.hours.local_day(due_at) == calendar.hours.local_day(calendar.now) else "later"


def _line(task: Task, stage: Stage, asked: Asked, calendar: Calendar) -> Line:
    return Line(
        pk=str(task.pk),
        name=shown_name(task.lead.name),
        url=reverse("lead", args=[task.lead.reference]),
        done_url=reverse("lead_tasks_done", args=[task.lead.reference]),
        text=task.text if asked.texts else "",
        due=calendar.upcoming(task.due_at),
        who=for_whom(task) if asked.everybody else "",
        stage=Chip(stage.name, stage.tone),
    )
