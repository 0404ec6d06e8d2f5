"""Who has come since a list was shown: asked every few seconds by every open inbox, so it reads one index and no more."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from leads.access import Sight
from leads.models import LeadQuerySet, User
from leads.models.statements import kept
from leads.triage.lists.filters import VIEWS, Asked

MOST = 99
SOME_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


def arrivals(user: User, asked: Asked, shown: datetime) -> int:
    """Of those the list asks for, who wrote and waits since. In Check, who came. One read, bounded."""
    sight = Sight.of(user)
    if asked.narrowed:
        return len(_since(asked.leads(sight.leads(), user), shown, asked.in_check))
    sql, values = _of_view(sight, user.pk, asked.view.name)
    return len(kept(sql, [*values, connection.ops.adapt_datetimefield_value(shown)]))


def _since(leads: LeadQuerySet, moment: datetime, in_check: bool) -> Any:
    since = {"received_at__gt": moment} if in_check else {"waiting_since__gt": moment}
    return leads.filter(**since).order_by().values_list("pk")[:MOST]


@lru_cache(maxsize=256)
def _of_view(sight: Sight, me: int, name: str) -> tuple[str, tuple[Any, ...]]:
    """The statement for a view as most people open it, whose last value is the moment: putting it together takes longer than asking it."""
    view = VIEWS[name]
    asked = _since(view.leads(sight.leads(), me), SOME_MOMENT, in_check=name == "check")
    sql, values = asked.query.sql_with_params()
    return sql, values[:-1]
