"""Row 16: what a visitor's page weighs with everything it loads, from how many hosts, and how long the server takes for it."""

from collections.abc import Iterator

from tests.bench.desk import HELLO, SMALL, desk
from tests.bench.measure import Figure, Spread, figure, interleave
from tests.bench.page import weigh
from tests.bench.plan import Plan

PAGES = {"home": ("/", 25), "contact": ("/contact/", 20)}


def measure(plan: Plan) -> Iterator[Figure]:
    with desk(SMALL) as get:
        weights = {name: weigh(f"http://127.0.0.1:{get.server.port}", path) for name, (path, _) in PAGES.items()}
        sides = {HELLO: get("/hello/", plan.count(100))}
        sides |= {f"{name} page": get(path, plan.count(40)) for name, (path, _) in PAGES.items()}
        taken = interleave(sides, plan.rounds, plan.warm_ups)
    for name, (_, goal) in PAGES.items():
        size, hosts = weights[name]
        weight = size / 1024
        yield Figure("16", f"{name} page, all of it", "KB", Spread.of([weight]), goal=f"≤ {goal}", met=weight <= goal)
        yield Figure("16", f"{name} page", "hosts", Spread.of([len(hosts)]), goal="1", met=len(hosts) == 1)
        yield figure("16", taken, f"{name} page", unit="ms p50", base=HELLO, goal="≤ 2", met=lambda ratio: ratio <= 2)
