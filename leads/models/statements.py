"""Several statements in one trip to the database. A capture writes eight rows, and each trip of its own costs more than its row does.

PostgreSQL takes them in one message (performance.md, row 1); SQLite has no trips to save and runs them one by one.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Field, Model


class Statement(NamedTuple):
    """One that returns rows: a SELECT, or something RETURNING."""

    sql: str
    values: list[Any]


Rows = list[tuple[Any, ...]]


def run(*statements: Statement) -> list[Rows]:
    """In order, in the caller's transaction; what each of them returned. The first that fails ends it, as it would alone."""
    database = _database()
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            return list(_in_one_trip(cursor, statements))
        return [_returned(cursor, sql, values) for sql, values in statements]


def _in_one_trip(cursor: Any, statements: Iterable[Statement]) -> Iterator[Rows]:
    sql, values = zip(*statements, strict=True)
    yield _returned(cursor, ";\n".join(sql), list(chain(*values)))
    while cursor.nextset():
        yield cursor.fetchall()


def _returned(cursor: Any, sql: str, values: list[Any]) -> Rows:
    """All of ours return something."""
    cursor.execute(sql, values)
    rows: Rows = cursor.fetchall()
    return rows


def insert(*rows: Model) -> None:
    """New rows, in this order. As save(force_insert=True) on each, whose own save() is not asked."""
    for row, returned in zip(rows, run(*map(insertion, rows)), strict=True):
        if row.pk is None:
            row.pk = returned[0][0]
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insertion(row: Model) -> Statement:
    """The INSERT of a new row, which returns its primary key. A key that the database makes is left out."""
    made, database = row.pk is None, _database()
    values = [field.get_db_prep_save(field.pre_save(row, True), database) for field in _columns(type(row), made)]
    return Statement(_insert_sql(type(row), made), values)


@lru_cache
def _columns(model: type[Model], made: bool) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if not (made and isinstance(field, AutoField))]


@lru_cache
def _insert_sql(model: type[Model], made: bool) -> str:
    columns = [f'"{field.column}"' for field in _columns(model, made)]
    names, values = ", ".join(columns), ", ".join(["%s"] * len(columns))
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({values}) RETURNING "{model._meta.pk.column}"'  # noqa: S608  # nosec B608: names of our own


def _database() -> BaseDatabaseWrapper:
    """The connection itself: `django.db.connection` looks it up again for every attribute, which adds up here."""
    return connections[DEFAULT_DB_ALIAS]
