"""The inbox page: one view of the leads, its rows, and how many there are in the others."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from leads.access import Right, Sight, leads_visible_to, may
from leads.models import Answer, SavedView, User
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.snoozes import choices
from leads.triage.inbox.mailbox_words import mailbox_in_words
from leads.triage.lists.filters import VIEWS, Asked
from leads.triage.lists.listed import KeptList, Listed, kind_of, listed
from leads.triage.lists.looks import Looks
from leads.triage.lists.own_filters import bounds
from leads.triage.lists.rows import rows_of
from leads.triage.lists.saved_views import views_of
from leads.triage.lists.selects import selects
from leads.triage.words import counts
from leads.triage.words.counts import Counting, in_words, unread_in_words, unread_of
from leads.triage.words.pages import ROWS, Key, Order, Page, beyond, page_of, paged
from leads.triage.words.times import short


@dataclass(frozen=True)
class Tab:
    name: str
    label: str | Promise
    count: str
    current: bool


def page(user: User, query: QueryDict, saved: SavedView | None = None) -> tuple[dict[str, Any], list[Listed]]:
    """What the template needs, and the leads it shows. `saved`: the view that somebody named, whose query this is."""
    asked, calendar = Asked.by(query), Calendar.today()
    found = _found(asked, user)
    *numbers, unsafe_in_check, unread = _counting(Sight.of(user), user.pk, counts.MANY).now()
    tabs = [
        Tab(view.name, view.label, in_words(number), saved is None and view is asked.view)
        for view, number in zip(VIEWS.values(), numbers, strict=True)
    ]
    context = {
        "asked": asked,
        "saved": saved,
        "saved_views": [(view, "") for view in views_of(user)],
        "query": asked.as_query(),
        "may_export": may(user, Right.EXPORT),
        "shown": calendar.now.isoformat(),
        "tabs": tabs,
        "waiting": tabs[0].count,
        "unread": unread_in_words(unread),
        "rows": rows_of(found.leads, calendar),
        "looks": Looks.of(user),
        "newer": _with_cursor(query, found.newer, saved),
        "older": _with_cursor(query, found.older, saved),
        "selects": selects(asked),
        "more": selects(asked, first=False),
        "bounds": bounds(asked.own),
        "more_chosen": asked.chosen_behind,
        "since": asked.since.isoformat() if asked.since else "",
        "until": asked.until.isoformat() if asked.until else "",
        "snoozes": tuple(choices(calendar)),  # hashable, as the filters are
        "unsafe_in_check": unsafe_in_check,
        "mailbox": mailbox_in_words(calendar),
        "last_answer": "" if found.leads else _last_answer(),
    }
    return context, found.leads


def _found(asked: Asked, user: User) -> Page[Listed]:
    if asked.narrowed:
        return page_of(listed(asked.leads(leads_visible_to(user), user)), asked.order, asked.cursor)
    sight, name = Sight.of(user), asked.view.name
    return paged(lambda key, order: _view(sight, user.pk, name, order, kind_of(key)).now(key), asked.order, asked.cursor)


@lru_cache(maxsize=256)
def _view(sight: Sight, me: int, name: str, order: Order, kind: Key) -> KeptList:
    """A page of a view as most people open it, nothing left out."""
    leads = listed(VIEWS[name].leads(sight.leads(), me))
    return KeptList.of(lambda key: beyond(leads, order, key)[: ROWS + 1], kind)


@lru_cache(maxsize=256)
def _counting(sight: Sight, me: int, most: int) -> Counting:
    """For the tabs and the bell, and whether somebody in Check may not be safe. Putting it together takes longer than counting."""
    visible = sight.leads()
    views = [(view.leads(visible, me), most) for view in VIEWS.values()]
    return Counting([*views, (visible.in_check().filter(read_first=True), 1), unread_of(me)])


def _last_answer() -> str:
    """How quickly, in opening time, somebody was answered last."""
    seconds = Answer.objects.order_by("-answered_at").values_list("open_seconds", flat=True).first()
    return short(max(seconds, 60)) if seconds is not None else ""


def _with_cursor(query: QueryDict, cursor: str, saved: SavedView | None) -> str:
    """This page's address with another cursor; "" where there is no such page. A saved view's address holds nothing else."""
    if not cursor:
        return ""
    changed = QueryDict(mutable=True) if saved else query.copy()
    changed["cursor"] = cursor
    return changed.urlencode()
