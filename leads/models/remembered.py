"""What hardly ever changes, read anew at most every REMEMBER_SECONDS a process: a capture would otherwise read six rows for nothing."""

import time
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar

from django.conf import settings

T = TypeVar("T")
V = TypeVar("V")


class Remembered(Generic[T]):
    """Calls `read`, and gives its answer again for a moment. Never change what it gives you. `last` outlives the database."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._until = 0.0
        self.last: T | None = None

    def __call__(self) -> T:
        if self.last is None or time.monotonic() >= self._until:
            return self.anew()
        return self.last

    def anew(self) -> T:
        self.last = self._read()
        self._until = time.monotonic() + settings.REMEMBER_SECONDS
        return self.last

    def forget(self) -> None:
        """This process has just changed it. The last answer stays, for where the database is away."""
        self._until = 0.0


class RememberedById(Remembered[dict[Any, V]]):
    """Rows by their id. One that was made a moment ago is not missed: asked for by id, it is read."""

    def with_ids(self, wanted: Iterable[Hashable]) -> dict[Any, V]:
        known = self()
        return known if all(pk in known for pk in wanted) else self.anew()
