"""Row 6: from the visitor's click to the relay's 250 on an idle system, with Redis and with the broker that needs nothing."""

import random
import time
from collections.abc import Iterator

from tests.bench import product
from tests.bench.load import Caller, status_of
from tests.bench.measure import Figure, Spread, quantile
from tests.bench.plan import Plan
from tests.bench.servers import Sink, relay
from tests.bench.whole import whole

GOALS = {"Redis": (0.5, 2.0), "embedded broker": (3.0, 3.0)}


def measure(plan: Plan) -> Iterator[Figure]:
    for broker, (p50, p99) in GOALS.items():
        waits = clicks(broker == "Redis", plan.count(40))
        for name, share, goal in (("p50", 0.5, p50), ("p99", 0.99, p99)):
            value = quantile(waits, share)
            what = f"click to 250, {broker}"
            yield Figure("6", what, f"s {name}", Spread.of([value]), goal=f"≤ {goal}", met=value <= goal, note=f"{len(waits)} clicks")


def clicks(with_redis: bool, count: int) -> list[float]:
    name = "click"
    with relay() as sink:
        settings = product.env(name, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
        if not with_redis:
            settings |= {"REDIS_URL": "", "CELERY_BROKER_URL": ""}
        product.set_up(name, settings)
        with whole(settings) as system:
            click(system.port, -1)
            sink.wait(1)
            started = {number: click_later(system.port, number) for number in range(count)}
            sink.wait(count + 1)
            return waits(sink, started)


def click_later(port: int, number: int) -> float:
    """Not in step with any clock of the system."""
    time.sleep(random.uniform(0.2, 1.2))
    return click(port, number)


def click(port: int, number: int) -> float:
    """When it was, on the machine's monotonic clock."""
    caller = Caller(port)
    start = time.monotonic()
    answer = caller.call(next(product.captures(number + 1)))
    caller.close()
    if status_of(answer) != 201:
        raise RuntimeError(answer.decode()[:500])
    return start


def waits(sink: Sink, started: dict[int, float]) -> list[float]:
    arrived = sink.times()
    return [arrived[f"vera{number + 1}@example.com"] - start for number, start in started.items()]
