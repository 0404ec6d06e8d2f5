"""What the tests find in the database: migrated once for all processes of a run, and put back after every test that commits."""

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

IS_A_FILE = connection.vendor == "sqlite"


def without_waiting_for_the_disk(settings: Any) -> None:
    """A loss of power is nothing that these tests live through. For PostgreSQL servers.py says the same."""
    if IS_A_FILE:
        options = settings.DATABASES["default"]["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


class Model:
    """A migrated database from which the processes of a run copy theirs. Whoever comes first makes it, and clears it away at the end."""

    def __init__(self, shared: Path) -> None:
        self.shared, self.made, self.ours = shared, shared / "migrated", False
        self.name = str(shared / "migrated.sqlite3") if IS_A_FILE else "migrated_for_tests"
        self.test = connection.settings_dict["TEST"]

    def copy(self) -> None:
        """Django migrates the copy once more, which finds nothing to do."""
        with self._one_at_a_time():
            if not self.made.exists():
                self._make()
            if IS_A_FILE:
                shutil.copy(self.name, self.test["NAME"])
            else:
                self.test["TEMPLATE"] = self.name

    def clear_away(self) -> None:
        if self.ours and not IS_A_FILE:
            with self._one_at_a_time():
                self.made.unlink()
                connection.creation._destroy_test_db(self.name, verbosity=0)  # type: ignore[attr-defined]  # Django has no public way

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        with (self.shared / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make(self) -> None:
        before, own = connection.settings_dict["NAME"], self.test["NAME"]
        self.test["NAME"] = self.name
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.close()
        connection.settings_dict["NAME"], self.test["NAME"] = before, own
        self.made.touch()
        self.ours = True


class File:
    """The file as the migrations left it: in memory, and copied back whole."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self.copy = sqlite3.connect(":memory:")
        connection.connection.backup(self.copy)

    def put_back(self) -> None:
        connection.close()  # with whatever a test left undone
        connection.ensure_connection()
        self.copy.backup(connection.connection)


class Rows:
    """The rows that the migrations left, in a schema beside. As their foreign keys are looked at when all is over, any order will do."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            self.tables = connection.introspection.table_names(cursor)
            copies = [f'CREATE TABLE beginning."{table}" AS TABLE "{table}"' for table in self.tables]
            cursor.execute("; ".join(["CREATE SCHEMA beginning", *copies]))

    def put_back(self) -> None:
        connection.close()
        with transaction.atomic(), connection.cursor() as cursor:
            still = sorted({*self.tables} & {*connection.introspection.table_names(cursor)})
            for table in still:
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - the names of our own tables
            for table in still:
                cursor.execute(f'INSERT INTO "{table}" SELECT * FROM beginning."{table}"')  # noqa: S608 - the names of our own tables


Beginning = File | Rows


def remember() -> Beginning:
    return File() if IS_A_FILE else Rows()
