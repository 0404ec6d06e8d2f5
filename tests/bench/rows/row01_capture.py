"""Row 1: captures a second on 16 connections, every guard on, against one INSERT and against helpdesk's public ticket."""

import itertools
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from urllib.parse import urlencode

from tests.bench import database, product
from tests.bench.cpu import CpuMeter
from tests.bench.load import Caller, press
from tests.bench.measure import Figure, Sample, Side, figure, interleave
from tests.bench.plan import Plan
from tests.bench.processes import run
from tests.bench.servers import Server, web
from tests.bench.sides import bare_view, leadwell
from tests.bench.venv import peers_python

OURS, BARE, HELPDESK = "Leadwell", "bare view", "django-helpdesk"


def measure(plan: Plan) -> Iterator[Figure]:
    with ExitStack() as stack:
        sides = {
            BARE: pressing(stack.enter_context(bare_view()), "bare", product.captures(), plan),
            OURS: pressing(stack.enter_context(leadwell("capture")), "capture", product.captures(), plan),
        }
        if plan.peers:
            server = stack.enter_context(helpdesk())
            sides[HELPDESK] = pressing(server, "helpdesk", tickets(server.port), plan)
        taken = interleave(sides, plan.rounds, plan.warm_ups)
    yield figure("1", taken, BARE, unit="/s")
    yield figure("1", taken, OURS, unit="/s", base=BARE, goal="≥ 0.7", met=lambda ratio: ratio >= 0.7)
    if plan.peers:
        yield figure("1", taken, HELPDESK, unit="/s", base=BARE)
        yield figure("1", taken, OURS, unit="/s", base=HELPDESK, goal="≥ 10", met=lambda ratio: ratio >= 10)


def pressing(server: Server, name: str, requests: Iterator[bytes], plan: Plan) -> Side:
    def side() -> Sample:
        with CpuMeter([server.pid], lambda: database.backends(name)) as meter:
            load = press(server.port, requests, plan.seconds)
        if load.refused():
            raise RuntimeError(f"{name}: {load.statuses}")
        return Sample(load.rate, len(load.latencies), meter.usage)

    return side


def helpdesk() -> AbstractContextManager[Server]:
    database.fresh("helpdesk")
    env = database.libpq("helpdesk")
    run("helpdesk-setup", [peers_python(), "-m", "tests.bench.peers.helpdesk"], env)
    return web("helpdesk", "tests.bench.peers.helpdesk.wsgi:application", env, peers_python())


def tickets(port: int) -> Iterator[bytes]:
    """The public form, posted with one CSRF token, as a browser with a cookie would."""
    caller = Caller(port)
    page = caller.call(product.http_get("/tickets/submit/")).decode()
    caller.close()
    cookie = found(r"csrftoken=(\w+)", page)
    token = found(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    for number in itertools.count():
        fields = {"csrfmiddlewaretoken": token, "title": f"Cost {number}", "body": product.MESSAGE}
        body = urlencode(fields | {"submitter_email": f"vera{number}@example.com"}).encode()
        yield product.http_post("/tickets/submit/", body, f"Cookie: csrftoken={cookie}\r\n", "application/x-www-form-urlencoded")


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if not match:
        raise LookupError(pattern)
    return match[1]
