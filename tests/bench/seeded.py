"""Databases with many made-up leads. They are kept from run to run, because making a million takes minutes."""

import hashlib
import sys
from pathlib import Path

from tests.bench import database, product
from tests.bench.places import ROOT, folder
from tests.bench.processes import run

DUE = 500  # mails in their outbox


def seeded(count: int, sqlite: bool = False) -> tuple[str, dict[str, str]]:
    """The database's name, and the settings with which to use it."""
    name = f"sqlite_{count}" if sqlite else f"leads_{count}"
    file = folder(name) / "leadwell.sqlite3"
    settings = product.env(name) | ({"DATABASE_URL": f"sqlite:///{file}"} if sqlite else {})
    stamp = folder(name) / "stamp"
    if not stamp.exists() or not (file.exists() if sqlite else database.exists(name)):
        _empty(name, file, sqlite)
        _fill(settings, count)
        stamp.write_text(_schema())
    elif stamp.read_text() != _schema():
        product.prepare(settings)
        product.manage(settings, "summarise")
        _inside("analyze", 1, settings)
        stamp.write_text(_schema())
    return name, settings


def _empty(name: str, file: Path, sqlite: bool) -> None:
    if sqlite:
        for part in file.parent.glob("leadwell.sqlite3*"):
            part.unlink()
    else:
        database.fresh(name)


def _fill(settings: dict[str, str], count: int) -> None:
    product.prepare(settings)
    product.manage(settings, "seed", "--leads", str(count))
    for task, number in (("outbox", DUE), ("user", 1), ("analyze", 1)):
        _inside(task, number, settings)


def _inside(task: str, number: int, settings: dict[str, str]) -> None:
    run("inside", [sys.executable, "-m", "tests.bench.inside", task, str(number)], settings)


def _schema() -> str:
    """Changes with every migration."""
    files = sorted((ROOT / "leads" / "migrations").glob("0*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
