"""The menus that narrow the inbox: by stage, by topic, by owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from leads.models import Screening, Stage, Topic
from leads.triage.filters import UNASSIGNED, Asked
from leads.triage.rows import topic_words
from leads.triage.staff import colleagues


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Select:
    name: str
    label: str
    options: tuple[Option, ...]

    @classmethod
    def of(cls, name: str, label: str, chosen: str, choices: Iterable[tuple[str, str]]) -> Self:
        return cls(name, label, tuple(Option(value, words, value == chosen != "") for value, words in choices))


def selects(asked: Asked, stages: list[Stage]) -> tuple[Select, ...]:
    """Hashable, so that the form can be kept (leads.triage.blanks)."""
    by_stage = [("", _("Any stage")), *((stage.slug, stage.name) for stage in stages)]
    by_topic = [("", _("Any topic")), *((str(topic), topic_words(topic)) for topic in Topic)]
    by_owner = [("", _("Any owner")), (UNASSIGNED, _("Nobody")), *((str(each.pk), str(each)) for each in colleagues())]
    return (
        *_screening(asked),
        Select.of("stage", _("Stage"), asked.stage, by_stage),
        Select.of("topic", _("Topic"), asked.topic, by_topic),
        Select.of("owner", _("Owner"), asked.owner, by_owner),
    )


def _screening(asked: Asked) -> tuple[Select, ...]:
    """In Check alone; a search there looks at both."""
    if not asked.in_check:
        return ()
    both_or_one = _("Check and spam") if asked.q else _("In check")
    return (Select.of("screening", _("What to show"), asked.screening, [("", both_or_one), (Screening.SPAM.value, _("Spam"))]),)
