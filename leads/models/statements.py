"""Several statements in one trip to the database. A capture writes eight rows, and each trip of its own costs more than its row does.

PostgreSQL takes them in one message (performance.md, row 1); SQLite has no trips to save and runs them one by one.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Field, Model


class Statement(NamedTuple):
    """One that returns rows: a SELECT, or something RETURNING."""

    sql: str
    values: list[Any]


Rows = list[tuple[Any, ...]]


def run(*steps: Statement | Model) -> list[Rows]:
    """In order, in the caller's transaction; what each of them returned. The first that fails ends it, as it would alone.

    A model instance is a new row: it is written as save(force_insert=True) would, whose own save() is not asked.
    """
    if not steps:
        return []
    statements = [insertion(step) if isinstance(step, Model) else step for step in steps]
    returned = list(_returned(statements))
    for step, rows in zip(steps, returned, strict=True):
        if isinstance(step, Model):
            _is_written(step, rows)
    return returned


def _returned(statements: Sequence[Statement]) -> Iterator[Rows]:
    database = _database()
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(";\n".join(sql for sql, _ in statements), [value for _, values in statements for value in values])
            yield cursor.fetchall()
            while cursor.nextset():
                yield cursor.fetchall()
        else:
            for sql, values in statements:
                cursor.execute(sql, values)
                yield cursor.fetchall()


def _is_written(row: Model, returned: Rows) -> None:
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
