"""The inbox page: one view of the leads, its rows, and how many there are in the others."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from leads.access import leads_visible_to
from leads.models import Answer, Lead, Stage, Topic, User
from leads.triage.counts import capped
from leads.triage.filters import UNASSIGNED, VIEWS, Asked
from leads.triage.outcomes import Calendar
from leads.triage.pages import page_of
from leads.triage.rows import TOPICS, Row
from leads.triage.snoozes import choices
from leads.triage.staff import colleagues
from leads.triage.times import short


@dataclass(frozen=True)
class Tab:
    name: str
    label: str | Promise
    count: str
    current: bool


def page(user: User, query: QueryDict) -> tuple[dict[str, Any], list[Lead]]:
    """What the template needs, and the leads it shows."""
    asked, calendar, stages, visible = Asked.by(query), Calendar.today(), list(Stage.objects.all()), leads_visible_to(user)
    found = page_of(asked.leads(visible, user, stages), asked.view.order, asked.cursor)
    tabs = [Tab(view.name, view.label, capped(view.leads(visible, user)), view is asked.view) for view in VIEWS.values()]
    context = {
        "asked": asked,
        "tabs": tabs,
        "waiting": tabs[0].count,
        "rows": [Row.of(lead, calendar) for lead in found.leads],
        "newer": _with_cursor(query, found.newer),
        "older": _with_cursor(query, found.older),
        "stages": stages,
        "topics": [(topic, TOPICS[topic]) for topic in Topic],
        "colleagues": colleagues(),
        "unassigned": UNASSIGNED,
        "snoozes": choices(calendar),
        "unsafe_in_check": visible.in_check().filter(read_first=True).exists(),
        "last_answer": "" if found.leads else _last_answer(),
    }
    return context, found.leads


def _last_answer() -> str:
    """How quickly, in opening time, somebody was answered last."""
    seconds = Answer.objects.order_by("-answered_at").values_list("open_seconds", flat=True).first()
    return short(max(seconds, 60)) if seconds is not None else ""


def _with_cursor(query: QueryDict, cursor: str) -> str:
    """This page's address with another cursor; "" where there is no such page."""
    if not cursor:
        return ""
    changed = query.copy()
    changed["cursor"] = cursor
    return changed.urlencode()
