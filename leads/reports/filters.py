"""By what a report is filtered: one value of each cut at most, and as many cuts as somebody chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from leads.models import Cut
from leads.models.report import NOT_CLOSED

LISTS = (Cut.SOURCE, Cut.TOPIC, Cut.OWNER, Cut.STAGE, Cut.REASON, Cut.LANGUAGE)  # in the order of the page's lists


@dataclass(frozen=True, slots=True)
class Filters:
    chosen: tuple[tuple[Cut, str], ...] = ()

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> Self:
        """NUL is in no count, and PostgreSQL takes none. "Not closed" is no close reason, and no language is not everybody."""
        asked = ((cut, query[cut].replace("\0", "")) for cut in LISTS if cut in query)
        return cls(tuple(each for each in asked if each not in ((Cut.REASON, NOT_CLOSED), (Cut.LANGUAGE, ""))))

    def value_of(self, cut: Cut) -> str | None:
        return dict(self.chosen).get(cut)

    def without(self, cut: Cut) -> Self:
        return type(self)(tuple(each for each in self.chosen if each[0] != cut))

    def toggled(self, cut: Cut, value: str) -> Self:
        if self.value_of(cut) == value:
            return self.without(cut)
        kept = dict(self.chosen) | {cut: value}
        return type(self)(tuple((each, kept[each]) for each in LISTS if each in kept))

    @property
    def parameters(self) -> dict[str, str]:
        return {cut.value: value for cut, value in self.chosen}

    @property
    def is_simple(self) -> bool:
        """What is counted for itself: everybody, or one value."""
        return len(self.chosen) <= 1

    @property
    def the_one(self) -> tuple[str, str]:
        """The cut and value of a simple one, as a Tally has it."""
        cut, value = next(iter(self.chosen), (Cut.ALL, ""))
        return (Cut.ALL if cut == Cut.LANGUAGE else cut).value, value
