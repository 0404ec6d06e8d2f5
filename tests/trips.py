"""Which statements went to the database, those included that Django's own record of queries does not see."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def trips() -> Iterator[list[str]]:
    made: list[str] = []

    def noted(execute: Any, sql: str, *about: Any) -> Any:
        made.append(sql)
        return execute(sql, *about)

    with connection.execute_wrapper(noted):
        yield made
