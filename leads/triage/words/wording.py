"""Texts that a list says over and over, worded once: each look-up in the catalogue costs as much as a tenth of a row.

Never for what a visitor typed: a worded text stays in the process.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, TypeVar

from django.utils.translation import get_language

Words = TypeVar("Words", bound=Callable[..., Any])

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def language() -> str | None:
    return _spoken.get() or get_language()


@contextmanager
def one_language() -> Iterator[None]:
    """For a list: asks Django for the language once, not for every word. Nobody changes it inside."""
    token = _spoken.set(get_language())
    try:
        yield
    finally:
        _spoken.reset(token)


def worded_once(words: Words) -> Words:
    """Remembers what `words` said to the same arguments in the same language."""
    kept = lru_cache(maxsize=4096)(lambda _language, *about: words(*about))

    @wraps(words)
    def worded(*about: Any) -> Any:
        return kept(language(), *about)

    return worded  # type: ignore[return-value]  # the same arguments, and what it gives
