"""The run's own databases on the PostgreSQL server: all are named leadwell_bench_…, and nothing else is touched."""

from functools import cache
from typing import Any, LiteralString
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.bench.places import DATABASE_URL


def url_of(name: str) -> str:
    return f"{DATABASE_URL}/leadwell_bench_{name}"


def libpq(name: str) -> dict[str, str]:
    """The same as environment for floors and peers."""
    url = urlsplit(url_of(name))
    env = {"PGHOST": url.hostname or "127.0.0.1", "PGPORT": str(url.port or 5432), "PGDATABASE": url.path[1:]}
    return env | ({"PGUSER": url.username} if url.username else {}) | ({"PGPASSWORD": url.password} if url.password else {})


@cache
def _server() -> psycopg.Connection:
    return psycopg.connect(f"{DATABASE_URL}/postgres", autocommit=True)


def fresh(name: str) -> None:
    database = sql.Identifier(f"leadwell_bench_{name}")
    _server().execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
    _server().execute(sql.SQL("CREATE DATABASE {}").format(database))


def exists(name: str) -> bool:
    return _server().execute("SELECT 1 FROM pg_database WHERE datname = %s", [f"leadwell_bench_{name}"]).fetchone() is not None


def ask(name: str, statement: LiteralString, *values: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(url_of(name), autocommit=True) as connection:
        cursor = connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def backends(name: str) -> list[int]:
    """Process ids of the server's own processes that work for one database (there are none to see where it runs elsewhere)."""
    rows = _server().execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [f"leadwell_bench_{name}"])
    return [row[0] for row in rows]
