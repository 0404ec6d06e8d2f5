"""What hardly ever changes, read anew at most every REMEMBER_SECONDS a process: a capture would otherwise read six rows for nothing."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.conf import settings

T = TypeVar("T")


class Remembered(Generic[T]):
    """Calls `read`, and gives its answer again for a moment. Never change what it gives you. `last` outlives the database."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._until = 0.0
        self.last: T | None = None

    def __call__(self) -> T:
        if self.last is None or time.monotonic() >= self._until:
            self.last = self._read()
            self._until = time.monotonic() + settings.REMEMBER_SECONDS
        return self.last
