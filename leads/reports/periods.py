"""Which days a report is about, and with which it compares them: days of the clinic's calendar, ends included."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

DAY = timedelta(days=1)
LENGTHS = {"today": 1, "7": 7, "30": 30, "90": 90, "year": 364}  # whole weeks: its trend is by week
PERIODS = (  # name, label, key
    ("today", _("Today"), "t"),
    ("7", _("7 days"), "7"),
    ("30", _("30 days"), "3"),
    ("90", _("90 days"), "9"),
    ("year", _("12 months"), "y"),
)
DEFAULT, CUSTOM = "30", "custom"
PREVIOUS, LAST_YEAR = "previous", "year"
LONGEST = 3660  # days
A_YEAR = 364  # days: the same weekdays


@dataclass(frozen=True, slots=True)
class Span:
    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + DAY * more for more in range((self.last - self.first).days + 1)]

    def holds(self) -> Q:
        return Q(day__gte=self.first, day__lte=self.last)

    def back(self, days: int) -> Self:
        return type(self)(self.first - DAY * days, self.last - DAY * days)


@dataclass(frozen=True, slots=True)
class Period:
    name: str
    span: Span
    compared: Span
    compare: str
    today: date

    @property
    def is_partial(self) -> bool:
        return self.span.last >= self.today

    @property
    def step(self) -> int:
        """Days that make one point of the trend."""
        return 1 if len(self.span.days) <= 92 else 7


def asked(query: Mapping[str, str], today: date) -> Period:
    """What makes no sense becomes the last 30 days."""
    name, compare = query.get("period", DEFAULT), query.get("compare", PREVIOUS)
    custom = _custom(query, today) if name == CUSTOM else None
    name = name if custom or name in LENGTHS else DEFAULT
    span = custom or Span(today - DAY * (LENGTHS[name] - 1), today)
    compare = compare if compare == LAST_YEAR else PREVIOUS
    return Period(name, span, span.back(A_YEAR if compare == LAST_YEAR else len(span.days)), compare, today)


def _custom(query: Mapping[str, str], today: date) -> Span | None:
    try:
        first, last = (date.fromisoformat(query.get(end, "")) for end in ("from", "to"))
    except ValueError:
        return None
    last = min(last, today)
    return Span(first, last) if first.year >= 2000 and first <= last <= first + DAY * LONGEST else None
