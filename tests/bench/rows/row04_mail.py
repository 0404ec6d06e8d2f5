"""Rows 4 and 5: mails a second, with every process and guarantee, to a relay that answers at once and to one that takes 10 ms a reply."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from tests.bench import database, product, senders
from tests.bench.measure import Figure, Rounds, Sample, Side, figure, interleave
from tests.bench.plan import Plan
from tests.bench.processes import family, run, running, wait_until
from tests.bench.servers import Sink, relay

LOOP, ONE, TWO = "smtplib loop", "Leadwell, one worker", "Leadwell, two workers"
POST_OFFICE, POST_OFFICE_2, MAILER = "django-post-office", "django-post-office, two processes", "django-mailer"
CELERY, CELERY_THREADS = "a Celery task a mail, two processes", "a Celery task a mail, 8 threads"
WARM_UP = 10
PEERS = (POST_OFFICE, POST_OFFICE_2, MAILER, CELERY, CELERY_THREADS)


def at_once(plan: Plan) -> Iterator[Figure]:
    counts = dict.fromkeys((LOOP, POST_OFFICE, POST_OFFICE_2, CELERY, ONE, TWO), plan.count(2000)) | {MAILER: plan.count(400)}
    yield from judged("4", taken(plan, 0, counts), loop_goal=5, peer_goal=6)


def after_10_ms(plan: Plan) -> Iterator[Figure]:
    counts = {LOOP: plan.count(60), MAILER: plan.count(40), CELERY: plan.count(100)}
    counts |= dict.fromkeys((POST_OFFICE, POST_OFFICE_2, CELERY_THREADS), plan.count(400)) | dict.fromkeys((ONE, TWO), plan.count(600))
    yield from judged("5", taken(plan, 10, counts), loop_goal=30, peer_goal=5)


def taken(plan: Plan, delay_ms: float, counts: dict[str, int]) -> Rounds:
    with relay(delay_ms) as sink, ExitStack() as stack:
        sides = {LOOP: senders.loop(sink, counts[LOOP])}
        sides[ONE] = stack.enter_context(leadwell(sink, counts[ONE], 1))
        sides[TWO] = stack.enter_context(leadwell(sink, counts[TWO], 2))
        if plan.peers:
            sides |= peers(stack, sink, counts)
        return interleave(sides, plan.rounds, plan.warm_ups)


def peers(stack: ExitStack, sink: Sink, counts: dict[str, int]) -> dict[str, Side]:
    senders.set_up_queue("post_office")
    senders.set_up_queue("mailer")
    sides = {
        POST_OFFICE: senders.queue_of("post_office", sink, counts[POST_OFFICE]),
        POST_OFFICE_2: senders.queue_of("post_office", sink, counts[POST_OFFICE_2], 2),
        MAILER: senders.queue_of("mailer", sink, counts[MAILER]),
        CELERY: stack.enter_context(senders.celery(sink, counts[CELERY], "prefork", 2)),
    }
    if CELERY_THREADS in counts:
        sides[CELERY_THREADS] = stack.enter_context(senders.celery(sink, counts[CELERY_THREADS], "threads", 8))
    return sides


def judged(row: str, rounds: Rounds, loop_goal: float, peer_goal: float) -> Iterator[Figure]:
    yield figure(row, rounds, LOOP, unit="/s")
    for ours in (ONE, TWO):
        yield figure(row, rounds, ours, unit="/s", base=LOOP, goal=f"≥ {loop_goal}", met=lambda ratio: ratio >= loop_goal)
    rivals = [name for name in rounds if name in PEERS]
    for name in rivals:
        yield figure(row, rounds, name, unit="/s", base=LOOP)
    if rivals:
        best = max(rivals, key=lambda name: sorted(sample.value for sample in rounds[name])[len(rounds[name]) // 2])
        found = figure(row, rounds, TWO, unit="/s", base=best, goal=f"≥ {peer_goal}", met=lambda ratio: ratio >= peer_goal)
        yield replace(found, note="against the best peer")


@contextmanager
def leadwell(sink: Sink, count: int, workers: int) -> Iterator[Side]:
    """The outbox, drained by the product's own workers: started for the round, warmed up, then told."""
    name = f"mail{workers}"
    env = product.env(name, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
    product.set_up(name, env)
    run("inside", [sys.executable, "-m", "tests.bench.inside", "outbox", str(count)], env)

    def side() -> Sample:
        queue(name, WARM_UP)
        sink.reset()
        with ExitStack() as stack:
            pids = [stack.enter_context(running(f"worker{number}", product.WORKER, env)).pid for number in range(workers)]
            sink.wait(WARM_UP)
            wait_until(lambda: all(len(family(pid)) > 1 for pid in pids))
            time.sleep(1)
            queue(name, count)
            _, go = stack.enter_context(senders.ready("ring", [sys.executable, "-m", "tests.bench.inside", "ring", str(workers)], env))
            return senders.timed(sink, count, pids, lambda: database.backends(name), go)

    yield side


def queue(name: str, count: int) -> None:
    """So many of the outbox's mails are due; the rest count as sent."""
    database.ask(name, "UPDATE leads_message SET state = 'sent', attempts = 0, claim = NULL, lease_until = NULL")
    database.ask(
        name, "UPDATE leads_message SET state = 'queued', due_at = now() WHERE id IN (SELECT id FROM leads_message LIMIT %s)", count
    )
    database.ask(name, "VACUUM ANALYZE leads_message")
