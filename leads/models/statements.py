"""Several statements in one trip to the database. A capture writes eight rows, and each trip of its own costs more than its row does.

PostgreSQL takes them as one prepared statement, which it neither reads nor plans anew (docs/benchmarks.md, row 1); SQLite has no trips
to save and runs them one by one.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import count
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, CharField, DateTimeField, Field, ForeignKey, IntegerField, Model, UUIDField

if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
    from psycopg import RawCursor  # 13 MB in each process, which a machine with SQLite spares
    from psycopg.pq import Format


class Statement(NamedTuple):
    """One that returns rows, each of its columns with a name of its own: a SELECT, or something RETURNING. Placeholders are %s."""

    sql: str
    values: list[Any]
    silent: bool = False  # nobody asks what it returned


Rows = list[tuple[Any, ...]]
# Fields whose values the driver takes as they are.
PLAIN = {"sqlite": (CharField, BooleanField, IntegerField), "postgresql": (CharField, BooleanField, IntegerField, DateTimeField, UUIDField)}


def run(*steps: Statement | Model) -> list[Rows]:
    """In the caller's transaction, and in this order, which is also the order of their locks; what each of them returned.

    A model instance is a new row: it is written as save(force_insert=True) would, whose own save() is not asked. One step that fails
    fails them all. They must not depend on each other: on PostgreSQL none of them sees what the others do.
    """
    if not steps:
        return []
    database = _database()
    statements = [insertion(step, database) if isinstance(step, Model) else step for step in steps]
    returned = RUN[database.vendor](database, statements)
    for step, rows in zip(steps, returned, strict=True):
        if isinstance(step, Model):
            _is_written(step, rows)
    return returned


def _as_one(database: BaseDatabaseWrapper, statements: list[Statement]) -> list[Rows]:
    database.ensure_connection()
    returned: list[Rows] = [[] for _ in statements]
    sql = _one_sql(tuple([(sql, silent) for sql, _, silent in statements]))
    cursor = CursorWrapper(_cursor(database, sql), database)
    cursor.execute(sql, [value for _, values, _ in statements for value in values])
    for step, row in cursor.fetchall():
        if row is not None:
            returned[step].append(tuple(row.values()))
    return returned


def kept(sql: str, values: Sequence[Any]) -> Rows:
    """What one SELECT of Django's making returns, as the driver gives it. For those that are asked again and again: their text is kept."""
    database = _database()
    return SELECT[database.vendor](database, sql, values)


def _prepared(database: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> Rows:
    """In binary: the driver reads times and numbers several times as quickly."""
    database.ensure_connection()
    numbered = _numbered_from_one(sql)
    cursor = _cursor(database, numbered)
    cursor.format = Format.BINARY
    wrapper = CursorWrapper(cursor, database)
    wrapper.execute(numbered, values)
    return list(wrapper.fetchall())


def _each_time(database: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> Rows:
    with database.cursor() as cursor:
        return list(cursor.execute(sql, values).fetchall())


SELECT = {"postgresql": _prepared, "sqlite": _each_time}


def _cursor(database: BaseDatabaseWrapper, sql: str) -> "RawCursor":
    """One for each statement while the connection lasts: it remembers how the values are sent, and has no placeholders to look for."""
    kept: dict[str, RawCursor] = database.__dict__.setdefault("cursors_of_statements", {})
    cursor = kept.get(sql)
    if cursor is None or cursor.connection is not database.connection:
        cursor = kept[sql] = RawCursor(database.connection)
    return cursor


def _numbered(sql: str, number: Iterator[int]) -> str:
    """With $1, $2, … instead of %s."""
    return re.sub("%s", lambda _: f"${next(number)}", sql)


@lru_cache
def _numbered_from_one(sql: str) -> str:
    return _numbered(sql, count(1))


@lru_cache
def _one_sql(statements: tuple[tuple[str, bool], ...]) -> str:
    """WITH s0 AS (…), s1 AS (…) and what each of them returned: (its number, the row as JSON, or nothing where it is silent).

    All of them are asked: what is not asked for is done last, in no order of ours.
    """
    number = count(1)
    numbered = [_numbered(sql, number) for sql, _ in statements]
    parts = ", ".join(f"s{step} AS ({sql})" for step, sql in enumerate(numbered))
    rows = ["NULL::json" if silent else f"row_to_json(s{step})" for step, (_, silent) in enumerate(statements)]
    return f"WITH {parts} " + " UNION ALL ".join(f"SELECT {step}, {row} FROM s{step}" for step, row in enumerate(rows))  # noqa: S608  # nosec B608: statements of our own


def _one_by_one(database: BaseDatabaseWrapper, statements: list[Statement]) -> list[Rows]:
    with database.cursor() as cursor:
        return [list(cursor.execute(sql, values).fetchall()) for sql, values, _ in statements]


RUN = {"postgresql": _as_one, "sqlite": _one_by_one}


def _is_written(row: Model, returned: Rows) -> None:
    if row.pk is None:
        row.pk = returned[0][0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insertion(row: Model, database: BaseDatabaseWrapper) -> Statement:
    """The INSERT of a new row, which returns its primary key."""
    sql, read, prepared = _insert(type(row), row.pk is not None, database.vendor)
    values = list(read(row))
    for place, prepare in prepared:
        values[place] = prepare(row, values[place], database)
    return Statement(sql, values, silent=row.pk is not None)


Prepare = Callable[[Model, Any, BaseDatabaseWrapper], Any]


@lru_cache
def _insert(model: type[Model], with_key: bool, vendor: str) -> tuple[str, Callable[[Model], tuple[Any, ...]], list[tuple[int, Prepare]]]:
    """The statement, the values of its columns as they stand in a row, and which of them the driver would not take as they are."""
    fields = [field for field in model._meta.concrete_fields if with_key or not field.primary_key]
    names, values = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    sql = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({values}) RETURNING "{model._meta.pk.column}"'  # noqa: S608  # nosec B608: names of our own
    prepared = [(place, _preparing(field)) for place, field in enumerate(fields) if not (_is_simple(field) and _is_plain(field, vendor))]
    return sql, attrgetter(*(field.attname for field in fields)), prepared


def _preparing(field: "Field[Any, Any]") -> Prepare:
    if _is_simple(field):
        return lambda _row, value, database: None if value is None else field.get_db_prep_save(value, database)
    return lambda row, _value, database: field.get_db_prep_save(field.pre_save(row, True), database)


def _is_simple(field: "Field[Any, Any]") -> bool:
    """It does nothing of its own before it is saved, and is simply looked at; asking it costs more than all else about it."""
    return type(field).pre_save in (Field.pre_save, DateTimeField.pre_save) and not getattr(field, "auto_now", False)


def _is_plain(field: "Field[Any, Any]", vendor: str) -> bool:
    return _is_plain(field.target_field, vendor) if isinstance(field, ForeignKey) else isinstance(field, PLAIN[vendor])


def _database() -> BaseDatabaseWrapper:
    """The connection itself: `django.db.connection` looks it up again for every attribute, which adds up here."""
    return connections[DEFAULT_DB_ALIAS]
