"""What an inbox address asks for: a view, filters, a search. Whatever makes no sense is left out, never an error."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from leads.models import LeadQuerySet, Screening, User
from leads.triage.lists.narrowing import FILTERS, read_day, that_wrote
from leads.triage.lists.own_filters import OwnFilters
from leads.triage.lists.search import search
from leads.triage.words.pages import LONGEST_WAITING, NEWEST, NEWEST_READ_FIRST, SOONEST, Order


@dataclass(frozen=True)
class View:
    name: str
    label: str | Promise
    leads: Callable[[LeadQuerySet, int], LeadQuerySet]  # of the leads that somebody sees, and their own id
    order: Order
    empty: str | Promise


VIEWS = {
    view.name: view
    for view in (
        View("needs-us", _("Needs us"), lambda leads, _me: leads.needs_us(), LONGEST_WAITING, _("All caught up.")),
        View("mine", _("Mine"), lambda leads, me: leads.assigned_to(me), LONGEST_WAITING, _("No leads are assigned to you.")),
        View("unassigned", _("Unassigned"), lambda leads, _me: leads.unassigned(), LONGEST_WAITING, _("Every lead has an owner.")),
        View("snoozed", _("Snoozed"), lambda leads, _me: leads.snoozed(), SOONEST, _("Nothing is snoozed.")),
        View("everyone", _("Everyone"), lambda leads, _me: leads.accepted(), NEWEST, _("Nobody has written yet.")),
        View("check", _("Check"), lambda leads, _me: leads.in_check(), NEWEST_READ_FIRST, _("Nothing to check.")),
    )
}
CHECK = VIEWS["check"]


@dataclass(frozen=True)
class Asked:
    """One inbox address, read."""

    view: View
    chosen: tuple[tuple[str, str], ...] = ()  # the filters that leave something out: (name, value)
    since: date | None = None
    until: date | None = None
    screening: str = ""  # or spam, in Check
    q: str = ""
    cursor: str = ""
    own: OwnFilters = field(default_factory=OwnFilters)

    @classmethod
    def by(cls, query: QueryDict) -> "Asked":
        """Searching without a view looks at everyone."""
        q = query.get("q", "").strip()
        view = VIEWS.get(query.get("view", "everyone" if q else "needs-us"), VIEWS["needs-us"])
        read = ((each.name, each.read(query.get(each.name, ""))) for each in FILTERS if query.get(each.name))
        return cls(
            view=view,
            chosen=tuple((name, value) for name, value in read if value),
            since=read_day(query.get("since", "")),
            until=read_day(query.get("until", "")),
            screening=Screening.SPAM.value if view is CHECK and query.get("screening") == Screening.SPAM else "",
            q=q,
            cursor=query.get("cursor", ""),
            own=OwnFilters.by(query),
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.chosen or self.since or self.until or self.own or self.screening or self.q)

    @property
    def chosen_behind(self) -> int:
        """How many of those under "More filters" leave something out."""
        behind = {each.name for each in FILTERS if not each.first}
        return sum(name in behind for name, _value in self.chosen) + bool(self.since) + bool(self.until) + len(self.own.pairs)

    @property
    def in_check(self) -> bool:
        return self.view is CHECK

    @property
    def order(self) -> Order:
        return NEWEST if self.screening else self.view.order

    def value_of(self, name: str) -> str:
        return dict(self.chosen).get(name, "")

    def as_query(self) -> str:
        """The same, written one way: without the page, and without what asks for nothing."""
        said = {
            "view": self.view.name,
            **dict(self.chosen),
            "since": self.since,
            "until": self.until,
            **dict(self.own.pairs),
            "screening": self.screening,
            "q": self.q,
        }
        return urlencode({name: str(value) for name, value in said.items() if value})

    def leads(self, visible: LeadQuerySet, user: User) -> LeadQuerySet:
        leads = self._of_view(visible, user)
        for each in FILTERS:
            if value := self.value_of(each.name):
                leads = each.leave(leads, value)
        return search(self.own.narrow(that_wrote(leads, self.since, self.until)), self.q)

    def _of_view(self, visible: LeadQuerySet, user: User) -> LeadQuerySet:
        """Check has spam within reach: as a choice, and in every search."""
        if self.screening:
            return visible.spam()
        return visible.not_accepted() if self.in_check and self.q else self.view.leads(visible, user.pk)
