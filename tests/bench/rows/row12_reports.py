"""Row 12: the reports over thirty days, over a year, and filtered, and how they grow from a tenth of the leads."""

from collections.abc import Iterator
from dataclasses import replace

from tests.bench.desk import desk
from tests.bench.measure import Figure, figure, interleave
from tests.bench.plan import Plan

QUICK_ENOUGH = 300  # ms
PAGES = {
    "reports": "/desk/reports/",
    "reports, 12 months": "/desk/reports/?period=year&compare=year",
    "reports, 12 months of a topic": "/desk/reports/?period=year&compare=year&topic=cost",
    "reports, 12 months of a topic and a source": "/desk/reports/?period=year&compare=year&topic=cost&source=form",
}


def measure(plan: Plan) -> Iterator[Figure]:
    counts = (plan.large // 10, plan.large)
    with desk(counts[0]) as small, desk(counts[1]) as large:
        sides = {named(name, count): get(path, plan.count(20)) for count, get in zip(counts, (small, large), strict=True)
                 for name, path in PAGES.items()}  # fmt: skip
        taken = interleave(sides, plan.rounds, plan.warm_ups)
    for name in PAGES:
        found = figure("12", taken, named(name, counts[1]), unit="ms p50")
        yield replace(found, goal=f"≤ {QUICK_ENOUGH}", met=found.value.median <= QUICK_ENOUGH)
        yield figure(
            "12", taken, named(name, counts[1]), unit="ms p50", base=named(name, counts[0]), goal="≤ 1.5", met=lambda ratio: ratio <= 1.5
        )  # fmt: skip


def named(page: str, leads: int) -> str:
    return f"{page}, {leads:,} leads"
