"""The desk as somebody who is signed in asks it, served beside the admin's list and a hello page."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat

from tests.bench import database
from tests.bench.cpu import CpuMeter
from tests.bench.load import one_by_one
from tests.bench.measure import Sample, Side, quantile
from tests.bench.processes import run
from tests.bench.product import http_get
from tests.bench.seeded import seeded
from tests.bench.servers import Server, web
from tests.bench.signed_in import cookies

HELLO = "hello page"
SMALL = 10_000  # leads beside which a million is compared


class Desk:
    """Somebody signed in to one server."""

    def __init__(self, name: str, server: Server) -> None:
        self.name, self.server, self.cookies = name, server, cookies(server.port)

    def __call__(self, path: str, count: int, headers: str = "", status: int = 200) -> Side:
        request = http_get(path, self.cookies + headers)

        def side() -> Sample:
            with CpuMeter([self.server.pid], lambda: database.backends(self.name)) as meter:
                load = one_by_one(self.server.port, repeat(request), count)
            if set(load.statuses) != {status}:
                raise RuntimeError(f"{path}: {load.statuses}")
            return Sample(quantile(load.latencies, 0.5) * 1000, count, meter.usage)

        return side


@contextmanager
def desk(leads: int, sqlite: bool = False, **more: str) -> Iterator[Desk]:
    """The product's pages, the admin's list and the hello page, from one server. `more`: for its environment."""
    name, settings = seeded(leads, sqlite)
    settings |= more
    run("beside", [sys.executable, "-m", "tests.bench.floors.beside"], settings)
    with web(name, "tests.bench.floors.beside:application", settings) as server:
        yield Desk(name, server)
