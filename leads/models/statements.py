"""Several statements in one trip to the database. A capture writes eight rows, and each trip of its own costs more than its row does.

PostgreSQL takes them in one message (performance.md, row 1); SQLite has no trips to save and runs them one by one.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, CharField, Field, IntegerField, Model


class Statement(NamedTuple):
    """One that returns rows: a SELECT, or something RETURNING."""

    sql: str
    values: list[Any]


Rows = list[tuple[Any, ...]]
PLAIN = (CharField, BooleanField, IntegerField)


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
