"""Sides that several rows measure: the bare view and Leadwell's web, each on a fresh database."""

import sys
from contextlib import AbstractContextManager

from tests.bench import database, product
from tests.bench.processes import run
from tests.bench.servers import Server, web


def bare_view() -> AbstractContextManager[Server]:
    database.fresh("bare")
    env = database.libpq("bare")
    run("bare-setup", [sys.executable, "-m", "tests.bench.floors.bare"], env)
    return web("bare", "tests.bench.floors.bare:application", env)


def leadwell(name: str, **more: str) -> AbstractContextManager[Server]:
    settings = product.env(name, **more)
    product.set_up(name, settings)
    return web(name, "project.wsgi:application", settings)
