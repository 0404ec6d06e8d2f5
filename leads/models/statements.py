"""Several statements in one trip to the database. A capture writes eight rows, and each trip of its own costs more than its row does.

PostgreSQL takes them as one prepared statement, which it neither reads nor plans anew (docs/benchmarks.md, row 1); SQLite has no trips
to save and runs them one by one.
"""

import re
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, CharField, Field, IntegerField, Model

if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
    from psycopg import RawCursor  # 13 MB in each process, which a machine with SQLite spares


class Statement(NamedTuple):
    """One that returns rows, each of its columns with a name of its own: a SELECT, or something RETURNING. Placeholders are %s."""

    sql: str
    values: list[Any]


Rows = list[tuple[Any, ...]]
PLAIN = (CharField, BooleanField, IntegerField)


def run(*steps: Statement | Model) -> list[Rows]:
    """In the caller's transaction, and in this order, which is also the order of their locks; what each of them returned.

    A model instance is a new row: it is written as save(force_insert=True) would, whose own save() is not asked. One step that fails
    fails them all. They must not depend on each other: on PostgreSQL none of them sees what the others do.
    """
    if not steps:
        return []
    database = _database()
    returned = RUN[database.vendor](database, [insertion(step) if isinstance(step, Model) else step for step in steps])
    for step, rows in zip(steps, returned, strict=True):
        if isinstance(step, Model):
            _is_written(step, rows)
    return returned


def _as_one(database: BaseDatabaseWrapper, statements: list[Statement]) -> list[Rows]:
    database.ensure_connection()
    returned: list[Rows] = [[] for _ in statements]
    # A raw cursor, for it keeps the statement prepared, and has no placeholders to look for each time.
    with CursorWrapper(RawCursor(database.connection), database) as cursor:
        cursor.execute(_one_sql(tuple(sql for sql, _ in statements)), [value for _, values in statements for value in values])
        for step, row in cursor.fetchall():
            returned[step].append(tuple(row.values()))
    return returned


@lru_cache
def _one_sql(statements: tuple[str, ...]) -> str:
    """WITH s0 AS (…), s1 AS (…) and what each of them returned: (its number, the row as JSON).

    Each is asked what it returned, also where nobody wants to know: what is not asked for is done last, in no order of ours.
    """
    number = count(1)
    numbered = [re.sub("%s", lambda _: f"${next(number)}", sql) for sql in statements]
    parts = ", ".join(f"s{step} AS ({sql})" for step, sql in enumerate(numbered))
    return f"WITH {parts} " + " UNION ALL ".join(f"SELECT {step}, row_to_json(s{step}) FROM s{step}" for step in range(len(numbered)))  # noqa: S608  # nosec B608


def _one_by_one(database: BaseDatabaseWrapper, statements: list[Statement]) -> list[Rows]:
    with database.cursor() as cursor:
        return [list(cursor.execute(sql, values).fetchall()) for sql, values in statements]


RUN = {"postgresql": _as_one, "sqlite": _one_by_one}


def _is_written(row: Model, returned: Rows) -> None:
    if row.pk is None:
        row.pk = returned[0][0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insertion(row: Model) -> Statement:
    """The INSERT of a new row, which returns its primary key. What is None is left out: no column of ours has a default of its own."""
    database = _database()
    columns, values = [], []
    for field, plain in _fields(type(row)):
        value = field.pre_save(row, True)
        if value is not None:
            columns.append(field.column)
            values.append(value if plain else field.get_db_prep_save(value, database))
    return Statement(_insert_sql(type(row), tuple(columns)), values)


@lru_cache
def _fields(model: type[Model]) -> "list[tuple[Field[Any, Any], bool]]":
    """Each with whether its values need no preparing: they are what the driver takes."""
    return [(field, isinstance(field, PLAIN)) for field in model._meta.concrete_fields]


@lru_cache
def _insert_sql(model: type[Model], columns: tuple[str, ...]) -> str:
    names, values = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({values}) RETURNING "{model._meta.pk.column}"'  # noqa: S608  # nosec B608: names of our own


def _database() -> BaseDatabaseWrapper:
    """The connection itself: `django.db.connection` looks it up again for every attribute, which adds up here."""
    return connections[DEFAULT_DB_ALIAS]
