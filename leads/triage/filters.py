"""What an inbox address asks for: a view, filters, a search. Whatever makes no sense is left out, never an error."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leads.models import LeadQuerySet, Screening, Stage, Topic, User
from leads.triage.pages import LONGEST_WAITING, NEWEST, NEWEST_READ_FIRST, SOONEST, Order
from leads.triage.search import search


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
UNASSIGNED = "none"


@dataclass(frozen=True)
class Asked:
    """One inbox address, read."""

    view: View
    stage: str = ""
    topic: str = ""
    owner: str = ""
    screening: str = ""  # or spam, in Check
    q: str = ""
    cursor: str = ""

    @classmethod
    def by(cls, query: QueryDict) -> "Asked":
        """Searching without a view looks at everyone."""
        q = query.get("q", "").strip()
        view = VIEWS.get(query.get("view", "everyone" if q else "needs-us"), VIEWS["needs-us"])
        topic, owner = query.get("topic", ""), query.get("owner", "")
        return cls(
            view=view,
            stage=query.get("stage", ""),
            topic=topic if topic in Topic.values else "",
            owner=owner if owner == UNASSIGNED or (owner.isascii() and owner.isdigit() and len(owner) < 10) else "",
            screening=Screening.SPAM.value if view is CHECK and query.get("screening") == Screening.SPAM else "",
            q=q,
            cursor=query.get("cursor", ""),
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.stage or self.topic or self.owner or self.screening or self.q)

    @property
    def in_check(self) -> bool:
        return self.view is CHECK

    @property
    def order(self) -> Order:
        return NEWEST if self.screening else self.view.order

    def leads(self, visible: LeadQuerySet, user: User, stages: list[Stage]) -> LeadQuerySet:
        leads = self._of_view(visible, user)
        stage = next((stage for stage in stages if stage.slug == self.stage), None)
        if stage:
            leads = leads.filter(stage=stage)
        if self.topic:
            leads = leads.filter(topic=self.topic)
        if self.owner:
            leads = leads.filter(owner=None if self.owner == UNASSIGNED else int(self.owner))
        return search(leads, self.q)

    def _of_view(self, visible: LeadQuerySet, user: User) -> LeadQuerySet:
        """Check has spam within reach: as a choice, and in every search."""
        if self.screening:
            return visible.spam()
        return visible.not_accepted() if self.in_check and self.q else self.view.leads(visible, user.pk)
