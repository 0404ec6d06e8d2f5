"""The inbox page: one view of the leads, its rows, and how many there are in the others."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from leads.access import Sight, leads_visible_to
from leads.models import Answer, Stage, User
from leads.triage import counts
from leads.triage.counts import Counting, in_words
from leads.triage.filters import VIEWS, Asked
from leads.triage.listed import KeptList, Listed, listed
from leads.triage.mailbox_words import mailbox_in_words
from leads.triage.outcomes import Calendar
from leads.triage.pages import ROWS, Page, first_page, page_of
from leads.triage.rows import rows_of
from leads.triage.selects import selects
from leads.triage.snoozes import choices
from leads.triage.times import short


@dataclass(frozen=True)
class Tab:
    name: str
    label: str | Promise
    count: str
    current: bool


def page(user: User, query: QueryDict) -> tuple[dict[str, Any], list[Listed]]:
    """What the template needs, and the leads it shows."""
    asked, calendar, stages = Asked.by(query), Calendar.today(), Stage.objects.known()
    found = _found(asked, user, stages)
    *numbers, unsafe_in_check = _counting(Sight.of(user), user.pk, counts.MANY).now()
    tabs = [Tab(view.name, view.label, in_words(number), view is asked.view) for view, number in zip(VIEWS.values(), numbers, strict=True)]
    context = {
        "asked": asked,
        "shown": calendar.now.isoformat(),
        "tabs": tabs,
        "waiting": tabs[0].count,
        "rows": rows_of(found.leads, calendar),
        "newer": _with_cursor(query, found.newer),
        "older": _with_cursor(query, found.older),
        "selects": selects(asked, stages),
        "snoozes": tuple(choices(calendar)),  # hashable, as the filters are
        "unsafe_in_check": unsafe_in_check,
        "mailbox": mailbox_in_words(calendar),
        "last_answer": "" if found.leads else _last_answer(),
    }
    return context, found.leads


def _found(asked: Asked, user: User, stages: list[Stage]) -> Page[Listed]:
    if asked.narrowed or asked.cursor:
        return page_of(listed(asked.leads(leads_visible_to(user), user, stages)), asked.order, asked.cursor)
    return first_page(_head(Sight.of(user), user.pk, asked.view.name).now(), asked.view.order)


@lru_cache(maxsize=256)
def _head(sight: Sight, me: int, name: str) -> KeptList:
    """Of a view, as most people open it: its first page, nothing left out."""
    view = VIEWS[name]
    return KeptList.of(listed(view.leads(sight.leads(), me)).order_by(*view.order)[: ROWS + 1])


@lru_cache(maxsize=256)
def _counting(sight: Sight, me: int, most: int) -> Counting:
    """For the tabs, and whether somebody in Check may not be safe. Putting it together takes longer than counting."""
    visible = sight.leads()
    views = [(view.leads(visible, me), most) for view in VIEWS.values()]
    return Counting.of([*views, (visible.in_check().filter(read_first=True), 1)])


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
