"""The board: one column a stage, its leads in the order in which they are due."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from leads.access import Sight, leads_visible_to
from leads.models import Category, Stage, User
from leads.triage import counts
from leads.triage.counts import Counting, in_words, unread_in_words, unread_of
from leads.triage.listed import Listed, listed
from leads.triage.outcomes import Calendar
from leads.triage.pages import LONGEST_WAITING, page_of
from leads.triage.rows import Row, rows_of
from leads.triage.states import longest_wait


@dataclass(frozen=True)
class Column:
    stage: Stage
    count: str
    oldest_wait: str  # among the cards shown: they come as they are due, so it is among the first; "" where nobody waits
    cards: list[Row]
    more: str  # cursor of the cards below
    moves: SafeString  # the buttons of every card's "Move to…", rendered once


def open_stages(stages: list[Stage]) -> list[Stage]:
    return [stage for stage in stages if stage.category != Category.CLOSED]


def page(user: User, query: QueryDict) -> tuple[dict[str, Any], list[Listed]]:
    """What the template needs, and every lead it shows. One column may start further down: `stage` at `cursor`."""
    stages, calendar, leads = Stage.objects.known(), Calendar.today(), leads_visible_to(user).open()
    shown, below = open_stages(stages), {query.get("stage"): query.get("cursor", "")}
    *numbers, waiting, unread = _counting(Sight.of(user), user.pk, tuple(stage.pk for stage in shown), counts.MANY).now()
    pages = [page_of(listed(leads.filter(stage=stage)), LONGEST_WAITING, below.get(stage.slug, "")) for stage in shown]
    on_it = [lead for page in pages for lead in page.leads]
    rows = iter(rows_of(on_it, calendar))
    columns = [
        Column(stage, in_words(number), longest_wait(page.leads, calendar), [next(rows) for _ in page.leads], page.older, moves)
        for stage, number, page, moves in zip(shown, numbers, pages, [_moves(stages, stage) for stage in shown], strict=True)
    ]
    return {"columns": columns, "waiting": in_words(waiting), "unread": unread_in_words(unread)}, on_it


@lru_cache(maxsize=256)
def _counting(sight: Sight, me: int, stages: tuple[int, ...], most: int) -> Counting:
    visible = sight.leads()
    return Counting.of([*((visible.open().filter(stage=stage), most) for stage in stages), (visible.needs_us(), most), unread_of(me)])


def _moves(stages: list[Stage], here: Stage) -> SafeString:
    button = '<button class="choice-button" name="stage" value="{}">{}</button>'
    return format_html_join("", button, ((stage.slug, stage.name) for stage in stages if stage != here))
