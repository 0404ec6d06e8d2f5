"""The board: one column a stage, its leads in the order in which they are due."""

from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from leads.models import Category, Lead, LeadQuerySet, Stage
from leads.triage.counts import capped
from leads.triage.outcomes import Calendar
from leads.triage.pages import LONGEST_WAITING, page_of
from leads.triage.rows import Row
from leads.triage.times import short


@dataclass(frozen=True)
class Column:
    stage: Stage
    count: str
    oldest_wait: str  # "" where nobody waits
    cards: list[Row]
    more: str  # cursor of the cards below
    moves: SafeString  # the buttons of every card's "Move to…", rendered once


def open_stages(stages: list[Stage]) -> list[Stage]:
    return [stage for stage in stages if stage.category != Category.CLOSED]


def columns(leads: LeadQuerySet, stages: list[Stage], calendar: Calendar, from_stage: str, cursor: str) -> tuple[list[Column], list[Lead]]:
    """The columns, and every lead on them. One column may start further down: `from_stage` at `cursor`."""
    shown: list[Lead] = []
    made = []
    for stage in open_stages(stages):
        here = leads.open().filter(stage=stage)
        page = page_of(here, LONGEST_WAITING, cursor if stage.slug == from_stage else "")
        shown += page.leads
        cards = [Row.of(lead, calendar) for lead in page.leads]
        made.append(Column(stage, capped(here), _oldest_wait(page.leads, calendar), cards, page.older, _moves(stages, stage)))
    return made, shown


def _moves(stages: list[Stage], here: Stage) -> SafeString:
    button = '<button class="choice-button" name="stage" value="{}">{}</button>'
    return format_html_join("", button, ((stage.slug, stage.name) for stage in stages if stage != here))


def _oldest_wait(leads: list[Lead], calendar: Calendar) -> str:
    """Among the cards shown: they come in the order of their promises, so the longest wait is among the first."""
    waiting = [lead.waiting_since for lead in leads if lead.waiting_since]
    return short((calendar.now - min(waiting)).total_seconds()) if waiting else ""
