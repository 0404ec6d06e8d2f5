"""Row 2: one capture at a time, beside the bare view."""

from collections.abc import Iterator

from tests.bench import database, product
from tests.bench.cpu import CpuMeter
from tests.bench.load import Load, one_by_one
from tests.bench.measure import Figure, Sample, Side, Spread, figure, interleave, quantile
from tests.bench.plan import Plan
from tests.bench.servers import Server
from tests.bench.sides import bare_view, leadwell

OURS, BARE = "Leadwell, one at a time", "bare view, one at a time"


def measure(plan: Plan) -> Iterator[Figure]:
    loads: dict[str, list[Load]] = {OURS: [], BARE: []}
    with bare_view() as bare, leadwell("latency") as ours:
        sides = {
            BARE: calling(bare, "bare", loads[BARE], plan),
            OURS: calling(ours, "latency", loads[OURS], plan),
        }
        taken = interleave(sides, plan.rounds, plan.warm_ups)
    yield figure("2", taken, BARE, unit="ms p50")
    yield figure("2", taken, OURS, unit="ms p50", base=BARE, goal="≤ 2", met=lambda ratio: ratio <= 2)
    slow = {
        name: quantile([seconds * 1000 for load in some[plan.warm_ups :] for seconds in load.latencies], 0.99)
        for name, some in loads.items()
    }
    ratio = slow[OURS] / slow[BARE]
    yield Figure("2", BARE, "ms p99", Spread.of([slow[BARE]]))
    yield Figure("2", OURS, "ms p99", Spread.of([slow[OURS]]), Spread.of([ratio]), BARE, "≤ 4", ratio <= 4)


def calling(server: Server, name: str, loads: list[Load], plan: Plan) -> Side:
    requests = product.captures()

    def side() -> Sample:
        with CpuMeter([server.pid], lambda: database.backends(name)) as meter:
            load = one_by_one(server.port, requests, plan.count(300))
        if load.refused():
            raise RuntimeError(f"{name}: {load.statuses}")
        loads.append(load)
        return Sample(quantile(load.latencies, 0.5) * 1000, len(load.latencies), meter.usage)

    return side
