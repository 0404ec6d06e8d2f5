"""What a list can be narrowed to. Each filter is one small object: its name in the address, its choices, and what it leaves."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leads.models import Attention, Category, Channel, LeadQuerySet, Stage
from leads.policy.hours import opening_hours
from leads.triage.lists.rows import TOPICS
from leads.triage.lists.states import NEXT_ACTIONS
from leads.triage.words.staff import colleagues
from leads.triage.words.wording import worded_once

Words = str | Promise
Choice = tuple[str, str]  # value and words
Choices = Callable[[], Sequence[Choice]]
UNASSIGNED, NOBODY = "none", _("Nobody")
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2200, 1, 1)  # what lies beyond is a slip of the hand


@dataclass(frozen=True, eq=False)  # each is itself: comparing would word its label
class Filter:
    name: str
    label: Words
    every: Words  # the choice that leaves all
    choices: Choices
    leave: Callable[[LeadQuerySet, str], LeadQuerySet]
    first: bool = False  # stands in the open; the others under "More filters"

    def read(self, text: str) -> str:
        """What makes no sense asks for nothing."""
        return text if any(text == value for value, _words in self.choices()) else ""

    @worded_once
    def in_words(self) -> tuple[str, str]:
        """Its label, and the choice that leaves all."""
        return str(self.label), str(self.every)


def _always(choices: Iterable[tuple[str, Words]]) -> Choices:
    """Choices that only differ by language."""
    kept = tuple(choices)
    return worded_once(lambda: tuple((str(value), str(words)) for value, words in kept))


def _stages() -> list[Choice]:
    return [(stage.slug, stage.name) for stage in Stage.objects.known()]


def _of_stage(leads: LeadQuerySet, slug: str) -> LeadQuerySet:
    return leads.filter(stage=next(stage for stage in Stage.objects.known() if stage.slug == slug))


def _owners() -> list[Choice]:
    return [(UNASSIGNED, str(NOBODY)), *((str(each.pk), str(each)) for each in colleagues())]


def _of_owner(leads: LeadQuerySet, owner: str) -> LeadQuerySet:
    return leads.filter(owner=None if owner == UNASSIGNED else int(owner))


WAITS: dict[str, tuple[Words, Callable[[datetime], Q]]] = {
    "late": (_("Longer than promised"), lambda now: Q(waiting_since__isnull=False, due_at__lt=now)),
    "waiting": (_("For an answer"), lambda now: Q(waiting_since__isnull=False)),
    "due": (_("For a next action that is due"), lambda now: Q(waiting_since=None, due_at__lte=now)),
}


def _that_wait(leads: LeadQuerySet, wait: str) -> LeadQuerySet:
    return leads.exclude(category=Category.CLOSED).filter(WAITS[wait][1](timezone.now()), attention=Attention.NEEDS_US)


FILTERS = (
    Filter("stage", _("Stage"), _("Any stage"), _stages, _of_stage, first=True),
    Filter("topic", _("Topic"), _("Any topic"), _always(TOPICS.items()), lambda leads, topic: leads.filter(topic=topic), first=True),
    Filter("owner", _("Owner"), _("Any owner"), _owners, _of_owner, first=True),
    Filter("source", _("Source"), _("Any source"), _always(Channel.choices), lambda leads, source: leads.filter(source=source)),
    Filter(
        "next", _("Next action"), _("Any next action"), _always(NEXT_ACTIONS.items()),
        lambda leads, action: leads.filter(next_action=action),
    ),
    Filter("wait", _("They wait"), _("Any wait"), _always((code, words) for code, (words, _of) in WAITS.items()), _that_wait),
)  # fmt: skip


def read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def that_wrote(leads: LeadQuerySet, since: date | None, until: date | None) -> LeadQuerySet:
    """Last, on the clinic's days; both are among them."""
    hours = opening_hours()
    if since:
        leads = leads.filter(received_at__gte=hours.at(since, timedelta()))
    if until:
        leads = leads.filter(received_at__lt=hours.at(until + timedelta(days=1), timedelta()))
    return leads
