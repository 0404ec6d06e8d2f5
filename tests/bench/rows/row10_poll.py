"""Row 10: what every open inbox asks every few seconds, when nobody has come, beside a hello page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode

from tests.bench.desk import HELLO, desk
from tests.bench.measure import Figure, figure, interleave
from tests.bench.plan import Plan

POLL = "live poll, nothing new"
NOTHING_NEW = 304


def measure(plan: Plan) -> Iterator[Figure]:
    asked = urlencode({"of": "view=needs-us", "shown": datetime.now(UTC).isoformat()})
    with desk(plan.large) as get:
        sides = {
            HELLO: get("/hello/", plan.count(100)),
            POLL: get(f"/desk/new/?{asked}", plan.count(100), headers='If-None-Match: "0"\r\n', status=NOTHING_NEW),
        }
        taken = interleave(sides, plan.rounds, plan.warm_ups)
    yield figure("10", taken, HELLO, unit="ms p50")
    yield figure("10", taken, POLL, unit="ms p50", base=HELLO, goal="≤ 1.5", met=lambda ratio: ratio <= 1.5)
