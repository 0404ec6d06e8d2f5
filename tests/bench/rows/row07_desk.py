"""Rows 7 and 8: the desk's pages beside the admin's list and a hello page, and how they grow from ten thousand leads to a million."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import LiteralString

from tests.bench import database
from tests.bench.desk import HELLO, SMALL, desk
from tests.bench.measure import Figure, Sample, Side, figure, interleave
from tests.bench.places import ROOT
from tests.bench.plan import Plan
from tests.bench.seeded import seeded

ADMIN, INBOX, EVERYONE, LAST = "admin's list", "inbox", "inbox, everyone", "inbox, everyone, last page"
# PostgreSQL lends the admin's two counts a second processor where one is idle. On a busy desk none is: a figure without it, too.
ADMIN_ALONE, INBOX_ALONE = "admin's list, one processor", "inbox, one processor"
VIEWS = ("mine", "unassigned", "snoozed", "everyone", "check")


def beside_others(plan: Plan) -> Iterator[Figure]:
    """Row 7."""
    with desk(plan.large) as get, desk(plan.large, PGOPTIONS="-c max_parallel_workers_per_gather=0") as get_alone:
        sides = {
            HELLO: get("/hello/", plan.count(100)),
            ADMIN: get("/admin/leads/lead/", plan.count(10)),
            INBOX: get("/desk/", plan.count(40)),
            ADMIN_ALONE: get_alone("/admin/leads/lead/", plan.count(10)),
            INBOX_ALONE: get_alone("/desk/", plan.count(40)),
            EVERYONE: get("/desk/?view=everyone", plan.count(20)),
            LAST: get(f"/desk/?view=everyone&cursor={last_page(plan.large)}", plan.count(20)),
        }
        taken = interleave(sides, plan.rounds, plan.warm_ups)
    yield figure("7", taken, HELLO, unit="ms p50")
    yield figure("7", taken, ADMIN, unit="ms p50", base=HELLO)
    yield figure("7", taken, INBOX, unit="ms p50", base=HELLO, goal="≤ 4", met=lambda ratio: ratio <= 4)
    yield figure("7", taken, INBOX, unit="ms p50", base=ADMIN, goal="≤ 0.025", met=lambda ratio: ratio <= 0.025)
    yield figure("7", taken, ADMIN_ALONE, unit="ms p50")
    yield figure("7", taken, INBOX_ALONE, unit="ms p50", base=ADMIN_ALONE, goal="≤ 0.025", met=lambda ratio: ratio <= 0.025)
    yield figure("7", taken, LAST, unit="ms p50", base=EVERYONE, goal="≤ 1.1", met=lambda ratio: ratio <= 1.1)


def growth(plan: Plan) -> Iterator[Figure]:
    """Row 8."""
    with desk(SMALL) as small, desk(plan.large) as large:
        pages = {"inbox": "/desk/", "board": "/desk/board/", "admin's list": "/admin/leads/lead/"}
        pages |= {f"inbox, {view}": f"/desk/?view={view}" for view in VIEWS}
        sides = {}
        for name, path in pages.items():
            sides[f"{name}, {SMALL:,} leads"] = small(path, plan.count(15))
            sides[f"{name}, {plan.large:,} leads"] = large(path, plan.count(15))
        for count, get in ((SMALL, small), (plan.large, large)):
            sides[f"lead page, {count:,} leads"] = get(f"/desk/leads/{some_lead(count)}/", plan.count(15))
            sides[f"claim of 100 mails, {count:,} leads"] = claiming(count, plan.count(20))
        taken = interleave(sides, plan.rounds, plan.warm_ups)
    for name in [*pages, "lead page", "claim of 100 mails"]:
        ours = name != ADMIN
        yield figure(
            "8",
            taken,
            f"{name}, {plan.large:,} leads",
            unit="ms p50",
            base=f"{name}, {SMALL:,} leads",
            goal="≤ 1.1" if ours else "",
            met=(lambda ratio: ratio <= 1.1) if ours else None,
        )


def last_page(leads: int) -> str:
    """The cursor before the very last rows."""
    statement = "SELECT received_at, id FROM leads_lead WHERE screening = 'accepted' ORDER BY received_at, id OFFSET 50 LIMIT 1"
    received_at, pk = database.ask(f"leads_{leads}", statement)[0]
    return base64.urlsafe_b64encode(json.dumps([False, received_at.isoformat(), pk]).encode()).decode().rstrip("=")


def some_lead(leads: int) -> str:
    """One with a long history."""
    statement: LiteralString = """
        SELECT reference FROM leads_lead JOIN leads_event ON lead_id = leads_lead.id
        WHERE lead_id < 2000 GROUP BY reference ORDER BY count(*) DESC LIMIT 1"""
    reference: str = database.ask(f"leads_{leads}", statement)[0][0]
    return reference


def claiming(leads: int, times: int) -> Side:
    _, settings = seeded(leads)

    def side() -> Sample:
        command = [sys.executable, "-m", "tests.bench.inside", "claims", str(times)]
        done = subprocess.run(command, env=os.environ | settings, cwd=ROOT, capture_output=True, check=True)
        return Sample(float(done.stdout), times)

    return side
