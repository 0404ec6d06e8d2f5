"""How somebody wants their lists to look: how dense, and with which columns."""

from typing import NamedTuple, Self

from django.utils.functional import Promise

from leads.models import User
from leads.models.staff import LIST_COLUMNS, Density

Choice = tuple[str, str | Promise, bool]  # value, label, whether it is chosen


class Looks(NamedTuple):
    """Hashable, so that its menu can be kept (leads.triage.words.blanks)."""

    density: str
    hidden: tuple[str, ...]  # columns

    @classmethod
    def of(cls, user: User) -> Self:
        return cls(user.density, tuple(column for column in user.hidden_columns if column in LIST_COLUMNS))

    @property
    def classes(self) -> str:
        """Of the whole list: each row is printed alike."""
        return " ".join([self.density, *(f"without-{column}" for column in self.hidden)])

    @property
    def densities(self) -> list[Choice]:
        return [(value, label, value == self.density) for value, label in Density.choices]

    @property
    def columns(self) -> list[Choice]:
        return [(name, label, name not in self.hidden) for name, label in LIST_COLUMNS.items()]
