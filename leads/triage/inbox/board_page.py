"""The board: one column a stage, its leads in the order in which they are due."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from leads.access import Sight, leads_visible_to
from leads.models import Category, LeadQuerySet, Stage, User
from leads.triage.decisions.outcomes import Calendar
from leads.triage.lists.listed import Listed, listed
from leads.triage.lists.rows import Row, rows_of
from leads.triage.lists.states import longest_wait
from leads.triage.words import counts
from leads.triage.words.counts import Counting, in_words, unread_in_words, unread_of
from leads.triage.words.pages import LONGEST_WAITING, ROWS, Page, page_of

MOST_PAGES = 10  # of one column at once


@dataclass(frozen=True)
class Column:
    stage: Stage
    count: str
    oldest_wait: str  # of the whole stage; "" where nobody waits
    cards: list[Row]
    more: str  # cursor of the cards below
    moves: SafeString  # the buttons of every card's "Move to…", rendered once


def open_stages(stages: list[Stage]) -> list[Stage]:
    return [stage for stage in stages if stage.category != Category.CLOSED]


def page(user: User, query: QueryDict) -> tuple[dict[str, Any], list[Listed]]:
    """What the template needs, and every lead it shows. One column may start further down: `stage` at `cursor`; and after a change each
    has as many pages as before: `more` is `contacted:3`, once a column.
    """
    stages, calendar, leads = Stage.objects.known(), Calendar.today(), leads_visible_to(user).open()
    shown, below = open_stages(stages), {query.get("stage"): query.get("cursor", "")}
    long = _pages_of(query.getlist("more"))
    *numbers, waiting, unread = _counting(Sight.of(user), user.pk, tuple(stage.pk for stage in shown), counts.MANY).now()
    pages = [
        _page_of_column(listed(leads.filter(stage=stage)), below.get(stage.slug, ""), ROWS * long.get(stage.slug, 1)) for stage in shown
    ]
    on_it = [lead for page in pages for lead in page.leads]
    since = _waiting_since(leads_visible_to(user), shown)
    rows = iter(rows_of(on_it, calendar))
    columns = [
        Column(stage, in_words(number), longest_wait(since.get(stage.pk), calendar), [next(rows) for _ in page.leads], page.older, moves)
        for stage, number, page, moves in zip(shown, numbers, pages, [_moves(stages, stage) for stage in shown], strict=True)
    ]
    numbers_of_frame = {"waiting": in_words(waiting), "unread": unread_in_words(unread)}
    address = _address(shown, long, below)
    around = {"board_address": address, "quoted_address": quote(address, safe=""), "page_length": ROWS, "moment": calendar.now.isoformat()}
    return {"columns": columns} | around | numbers_of_frame, on_it


def _page_of_column(leads: QuerySet[Any, Listed], cursor: str, rows: int) -> Page[Listed]:
    """From the top where nobody is left below."""
    page = page_of(leads, LONGEST_WAITING, cursor, rows)
    return page if page.leads or not cursor else page_of(leads, LONGEST_WAITING, "", rows)


def _pages_of(told: list[str]) -> dict[str, int]:
    """By stage; what makes no sense is one page."""
    split = (each.rpartition(":") for each in told)
    return {slug: min(int(pages), MOST_PAGES) for slug, _colon, pages in split if re.fullmatch("[1-9][0-9]?", pages)}


def _address(stages: list[Stage], long: dict[str, int], below: dict[str | None, str]) -> str:
    """Of this board as it stands, for whatever is changed on it to come back to. Where JavaScript lets it grow, board.js says how far."""
    slugs = {stage.slug for stage in stages}
    kept = [("more", f"{slug}:{pages}") for slug, pages in long.items() if slug in slugs]
    kept += [pair for slug, cursor in below.items() if slug in slugs and cursor for pair in (("stage", slug), ("cursor", cursor))]
    return f"{reverse('board')}?{urlencode(kept)}" if kept else reverse("board")


def _waiting_since(leads: LeadQuerySet, stages: list[Stage]) -> dict[int, datetime | None]:
    """Who has waited longest in each stage: one step into an index for each, however many leads there are (lead_board_wait)."""
    waiting = leads.needs_us().filter(stage=OuterRef("pk"), waiting_since__isnull=False).order_by("waiting_since")
    found = Stage.objects.filter(pk__in=[stage.pk for stage in stages]).annotate(since=Subquery(waiting.values("waiting_since")[:1]))
    return dict(found.values_list("pk", "since"))


@lru_cache(maxsize=256)
def _counting(sight: Sight, me: int, stages: tuple[int, ...], most: int) -> Counting:
    visible = sight.leads()
    return Counting([*((visible.open().filter(stage=stage), most) for stage in stages), (visible.needs_us(), most), unread_of(me)])


def _moves(stages: list[Stage], here: Stage) -> SafeString:
    """Closing has a page of its own."""
    button = '<button class="choice-button" name="stage" value="{0}" data-move="{0}">{1}</button>'
    return format_html_join("", button, ((stage.slug, stage.name) for stage in open_stages(stages) if stage != here))
