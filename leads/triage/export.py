"""The leads of a list as rows of a file: the columns that somebody chose, and never what they wrote.

Page by page of keys: however many there are, memory holds one page and no transaction stays open.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leads.models import Attention, Channel, LeadQuerySet, ReplyBy, Stage, Topic
from leads.policy.hours import opening_hours
from leads.triage.staff import people
from leads.triage.states import NEXT_ACTIONS

PAGE = 2000


@dataclass(frozen=True)
class Column:
    code: str  # of the lead's own field
    label: str | Promise
    chosen: bool = True  # unless somebody chooses otherwise


COLUMNS = (
    Column("reference", _("Reference")),
    Column("name", _("Name")),
    Column("email", _("Email address")),
    Column("phone", _("Phone number")),
    Column("topic", _("Topic")),
    Column("stage_id", _("Stage")),
    Column("attention", _("Attention")),
    Column("next_action", _("Next action")),
    Column("due_at", _("Due")),
    Column("owner_id", _("Owner")),
    Column("source", _("Source")),
    Column("received_at", _("Wrote last")),
    Column("created_at", _("Wrote first")),
    Column("reply_by", _("Wants an answer by"), chosen=False),
    Column("language", _("Language"), chosen=False),
    Column("time_zone", _("Time zone"), chosen=False),
)
CODES = {column.code: column for column in COLUMNS}


class Shown:
    """One lead of a page, for the record of who saw it."""

    __slots__ = ("id",)

    def __init__(self, pk: int) -> None:
        self.id = pk


@dataclass(frozen=True)
class Export:
    """`seen` is told of the leads of each page before any of them is given away: where it fails, no more of them is."""

    leads: LeadQuerySet
    columns: Sequence[str]
    seen: Callable[[list[Shown]], None]

    def header(self) -> list[str]:
        return [str(CODES[code].label) for code in self.columns]

    def rows(self) -> Iterator[list[str]]:
        words = [(place, words) for place, code in enumerate(self.columns, 1) if (words := _words_of(code))]
        for page in self._pages():
            self.seen([Shown(row[0]) for row in page])
            for row in page:
                cells = list(row)
                for place, word in words:
                    cells[place] = word(cells[place])
                yield cells[1:]

    def _pages(self) -> Iterator[list[tuple[Any, ...]]]:
        rows = self.leads.order_by("pk").values_list("pk", *self.columns)
        last = 0
        while page := list(rows.filter(pk__gt=last)[:PAGE]):
            yield page
            last = page[-1][0]


Words = Callable[[Any], str]


def _words_of(code: str) -> Words | None:
    """How a value of this column reads; None where it is a text already."""
    fixed: dict[str, dict[Any, Any]] = {
        "topic": dict(Topic.choices),
        "attention": dict(Attention.choices),
        "source": dict(Channel.choices),
        "reply_by": dict(ReplyBy.choices),
        "next_action": dict(NEXT_ACTIONS),
    }
    if code in fixed:
        return _from({value: str(label) for value, label in fixed[code].items()})
    if code == "stage_id":
        return _from({stage.pk: stage.name for stage in Stage.objects.known()})
    if code == "owner_id":
        return _from({pk: str(person) for pk, person in people().items()})
    return _moments(opening_hours().zone) if code.endswith("_at") else None


def _from(words: dict[Any, str]) -> Words:
    return lambda value: words.get(value) or (str(value) if value else "")


def _moments(zone: ZoneInfo) -> Words:
    """On the clinic's clock, as every spreadsheet reads it."""

    def word(moment: datetime | None) -> str:
        return moment.astimezone(zone).isoformat(" ", "minutes")[:16] if moment else ""

    return word
