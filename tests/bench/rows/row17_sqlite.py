"""Row 17: SQLite with 16 writers at once beside the bare view on SQLite, and the inbox at 100,000 leads beside PostgreSQL's."""

import sys
from collections import Counter
from collections.abc import Iterator

from tests.bench import product
from tests.bench.cpu import CpuMeter
from tests.bench.desk import desk
from tests.bench.load import press
from tests.bench.measure import Figure, Sample, Side, Spread, figure, interleave
from tests.bench.places import folder
from tests.bench.plan import Plan
from tests.bench.processes import run
from tests.bench.servers import Server, web

LEADS = 100_000
OURS, BARE = "Leadwell on SQLite, 16 writers", "bare view on SQLite"


def measure(plan: Plan) -> Iterator[Figure]:
    yield from writers(plan)
    yield from inboxes(plan)


def writers(plan: Plan) -> Iterator[Figure]:
    statuses = Counter[int]()
    for file in folder("sqlite").glob("*.sqlite3*"):
        file.unlink()
    bare_env = {"SQLITE_FILE": f"{folder('sqlite')}/bare.sqlite3"}
    run("bare-setup", [sys.executable, "-m", "tests.bench.floors.bare"], bare_env)
    env = product.env("sqlite", DATABASE_URL=f"sqlite:///{folder('sqlite')}/leadwell.sqlite3", REDIS_URL="")
    product.prepare(env)
    with web("sqlite", "project.wsgi:application", env) as ours, web("bare", "tests.bench.floors.bare:application", bare_env) as bare:
        sides = {BARE: writing(bare, plan, Counter()), OURS: writing(ours, plan, statuses)}
        taken = interleave(sides, plan.rounds, plan.warm_ups)
    yield figure("17", taken, BARE, unit="/s")
    yield figure("17", taken, OURS, unit="/s", base=BARE, goal="≥ 0.5", met=lambda ratio: ratio >= 0.5)
    failed = sum(count for status, count in statuses.items() if status != 201)
    yield Figure("17", "captures that found the database locked", f"of {statuses.total():,}", Spread.of([failed]), goal="0", met=not failed)


def writing(server: Server, plan: Plan, statuses: Counter[int]) -> Side:
    requests = product.captures()

    def side() -> Sample:
        with CpuMeter([server.pid]) as meter:
            load = press(server.port, requests, plan.seconds)
        statuses.update(load.statuses)
        return Sample(load.rate, len(load.latencies), meter.usage)

    return side


def inboxes(plan: Plan) -> Iterator[Figure]:
    leads = min(LEADS, plan.large)
    ours, theirs = f"inbox on SQLite, {leads:,} leads", f"inbox on PostgreSQL, {leads:,} leads"
    with desk(leads, sqlite=True) as sqlite, desk(leads) as postgresql:
        sides = {ours: sqlite("/desk/", plan.count(40)), theirs: postgresql("/desk/", plan.count(40))}
        taken = interleave(sides, plan.rounds, plan.warm_ups)
    yield figure("17", taken, ours, unit="ms p50", base=theirs, goal="≤ 1.25", met=lambda ratio: ratio <= 1.25)
