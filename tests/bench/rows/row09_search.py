"""Row 9: every kind of search in the inbox, beside the admin's search for the same, and beside itself among ten thousand leads."""

from collections.abc import Iterator
from urllib.parse import urlencode

from tests.bench import database
from tests.bench.desk import SMALL, Desk, desk
from tests.bench.measure import Figure, Side, figure, interleave
from tests.bench.plan import Plan

BESIDE = ("name, many hits", "two words", "nobody")  # what the admin is asked, too: a second and more each time
STAGE = "new"  # a slug that every clinic begins with


def measure(plan: Plan) -> Iterator[Figure]:
    with desk(SMALL) as small, desk(plan.large) as large:
        sides = searches(small, SMALL, plan) | searches(large, plan.large, plan)
        for kind in BESIDE:
            sides[f"admin: {kind}"] = large(f"/admin/leads/lead/?{urlencode({'q': kinds(plan.large)[kind]['q']})}", plan.count(3))
        taken = interleave(sides, plan.rounds, plan.warm_ups)
    for kind in kinds(plan.large):
        name = named(kind, plan.large)
        yield figure("9", taken, name, unit="ms p50", base=named(kind, SMALL), goal="≤ 2", met=lambda ratio: ratio <= 2)
        if kind in BESIDE:
            yield figure("9", taken, name, unit="ms p50", base=f"admin: {kind}", goal="≤ 0.025", met=lambda ratio: ratio <= 0.025)


def searches(get: Desk, leads: int, plan: Plan) -> dict[str, Side]:
    return {named(kind, leads): get(f"/desk/?{urlencode(asked)}", plan.count(20)) for kind, asked in kinds(leads).items()}


def named(kind: str, leads: int) -> str:
    return f"{kind}, {leads:,} leads"


def kinds(leads: int) -> dict[str, dict[str, str]]:
    """One person, in the middle of the table, in every way in which somebody could ask for them."""
    statement = (
        "SELECT reference, name, email, phone FROM leads_lead WHERE screening = 'accepted' AND phone <> '' AND id > %s ORDER BY id LIMIT 1"
    )
    reference, name, email, phone = database.ask(f"leads_{leads}", statement, leads // 2)[0]
    first, last = name.split()
    return {
        "reference": {"q": reference},
        "whole address": {"q": email},
        "phone": {"q": phone},
        "part of an address": {"q": email.split("@")[0]},
        "name, many hits": {"q": first},
        "two words": {"q": f"{first} {last}"},
        "nobody": {"q": "zzyzx"},
        "name, with filters": {"q": first, "view": "everyone", "stage": STAGE, "topic": "cost"},
    }
