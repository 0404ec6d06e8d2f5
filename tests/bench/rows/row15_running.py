"""Row 15: how soon `make run` serves the second time, and the memory of all its processes while nothing happens."""

import time
from collections.abc import Iterator

from tests.bench import product
from tests.bench.measure import Figure, Spread
from tests.bench.places import folder
from tests.bench.plan import Plan
from tests.bench.processes import proportional_memory
from tests.bench.whole import whole


def measure(plan: Plan) -> Iterator[Figure]:
    settings = product.env("running") | {"DATABASE_URL": f"sqlite:///{folder('running')}/leadwell.sqlite3", "REDIS_URL": ""}
    with whole(settings):
        """The first start makes everything."""
    seconds, megabytes = [], []
    for _ in range(plan.rounds):
        with whole(settings) as system:
            seconds.append(system.seconds)
            time.sleep(12 * plan.scale)  # past a sweep
            megabytes.append(sum(map(proportional_memory, system.members())) / 2**20)
    took, memory = Spread.of(seconds), Spread.of(megabytes)
    yield Figure("15", "second start, until /readyz is content", "s", took, goal="≤ 10", met=took.median <= 10)
    yield Figure("15", "memory of all processes, idle (PSS)", "MB", memory, goal="≤ 350", met=memory.median <= 350)
