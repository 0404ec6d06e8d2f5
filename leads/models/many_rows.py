"""Many rows at once into either database: COPY on PostgreSQL, executemany on SQLite. Every constraint holds as for any other row."""

import json
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED

Row = tuple[Any, ...]


class Table:
    """The rows of one model that wait to be written. All are added with the same fields, the other ones get their default.

    UUIDs are given as dashed text, JSON as what it stands for, sealed texts as their ciphertext.
    """

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.fields = {field.attname: field for field in model._meta.concrete_fields}
        self.columns: list[str] = []
        self.rows: list[Row] = []

    def add(self, **values: Any) -> None:
        if not self.columns:
            self._settle_on(list(values))
        self.rows.append(self._pick(values) + self._defaults)

    def _settle_on(self, given: list[str]) -> None:
        rest = [name for name, field in self.fields.items() if name not in given and not field.primary_key]
        self._pick = itemgetter(*given)
        self._defaults = tuple(_written(_default(self.fields[name]), _writer(self.fields[name])) for name in rest)
        self._writers = [(place, writer) for place, name in enumerate(given) if (writer := _writer(self.fields[name]))]
        self.columns = [str(self.fields[name].column) for name in (*given, *rest)]

    def write(self, rows: list[Row]) -> None:
        if rows:
            write = _copy if connection.vendor == "postgresql" else _insert
            write(self.model._meta.db_table, self.columns, self._written(rows))

    def _written(self, rows: list[Row]) -> Iterator[Row]:
        for row in rows:
            cells = list(row)
            for place, writer in self._writers:
                cells[place] = _written(cells[place], writer)
            yield tuple(cells)


def _default(field: "models.Field[Any, Any]") -> Any:
    if callable(field.default) and field.default not in (dict, list, NOT_PROVIDED):
        raise ValueError(f"{field} must be given: its default differs from row to row.")
    return field.get_default()


def _writer(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """What turns a value of this field into one that the database takes; None where it does so itself."""
    if isinstance(field, models.JSONField):
        return json.dumps
    if connection.vendor == "sqlite" and isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if connection.vendor == "sqlite" and field.get_internal_type() in ("UUIDField", "ForeignKey") and _is_uuid(field):
        return lambda text: text.replace("-", "")
    return None


def _written(value: Any, writer: Callable[[Any], Any] | None) -> Any:
    return writer(value) if writer and value is not None else value


def _is_uuid(field: "models.Field[Any, Any]") -> bool:
    return isinstance(getattr(field, "target_field", field), models.UUIDField)


def _copy(table: str, columns: list[str], rows: Iterator[Row]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        raw: Any = cursor
        with raw.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)


def _insert(table: str, columns: list[str], rows: Iterator[Row]) -> None:
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', list(rows))  # noqa: S608  # nosec B608: names of our models


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Primary keys that nobody else gets; on SQLite, unless somebody writes meanwhile."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        newest = (cursor.fetchone() or (0,))[0]
        return list(range(newest + 1, newest + 1 + count))
