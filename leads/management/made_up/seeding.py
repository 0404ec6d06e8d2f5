"""Writes made-up leads in batches: the old ones first, the dozen of today last."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

from django.db import connection, connections

from leads.management.made_up.lives import DAY, FRONT, FRONT_REPLIES, is_junk_kept, junk, ordinary
from leads.management.made_up.people import person
from leads.management.made_up.story import Story
from leads.management.made_up.world import World
from leads.models import Enrolment, Lead, ReplyBy
from leads.models.many_rows import Row, reserve_ids

BATCH = 5000
SPAN = 730 * DAY
NEWEST_ORDINARY = timedelta(minutes=5)
WITHOUT_EMAIL_UP_TO = 1_000_000  # further on, phone numbers begin to come again


def seed(world: World, count: int) -> Iterator[tuple[int, int]]:
    """How many leads and rows each batch wrote."""
    batches = [range(start, min(start + BATCH, count)) for start in range(0, count, BATCH)]
    pace = _side_by_side if connection.vendor == "postgresql" and len(batches) > 1 else _one_after_another
    for numbers, rows in pace(world, batches, count - min(count, len(FRONT))):
        yield len(numbers), rows
    _tell_the_planner()


def _one_after_another(world: World, batches: list[range], ordinary_ones: int) -> Iterator[tuple[range, int]]:
    for numbers in batches:
        yield numbers, world.tables.write(_made_up(world, numbers, ordinary_ones))


def _side_by_side(world: World, batches: list[range], ordinary_ones: int) -> Iterator[tuple[range, int]]:
    """While the database takes one batch, the next is made up."""
    with ThreadPoolExecutor(max_workers=1) as writer:
        before: list[tuple[range, Future[int]]] = []
        for numbers in batches:
            rows = _made_up(world, numbers, ordinary_ones)
            yield from ((done, future.result()) for done, future in before)
            before = [(numbers, writer.submit(world.tables.write, rows))]
        yield from ((done, future.result()) for done, future in before)
        writer.submit(connections.close_all).result()  # Each thread has one of its own.


def _made_up(world: World, numbers: range, ordinary_ones: int) -> list[list[Row]]:
    ids = zip(numbers, reserve_ids(Lead, len(numbers)), reserve_ids(Enrolment, len(numbers)), strict=True)
    for number, lead_id, enrolment_id in ids:
        _live(world, number, ordinary_ones, lead_id, enrolment_id)
    return world.tables.take()


def _live(world: World, number: int, ordinary_ones: int, lead_id: int, enrolment_id: int) -> None:
    if number < ordinary_ones:
        story = _ordinary_life(world, number / ordinary_ones, lead_id, enrolment_id)
    else:
        story = _front_life(world, number - ordinary_ones, lead_id, enrolment_id)
    story.reaches_today()


def _ordinary_life(world: World, share: float, lead_id: int, enrolment_id: int) -> Story:
    at = world.now - NEWEST_ORDINARY - SPAN * (1 - share) * (0.9 + 0.1 * world.rng.random())
    who = person(lead_id)
    by_phone = world.rng.random() < 0.06 and lead_id < WITHOUT_EMAIL_UP_TO
    details = {"email": "", "phone": who.phone, "reply_by": ReplyBy.CALL} if by_phone else {}
    story = Story(world, lead_id, enrolment_id, who, **details)
    (junk if is_junk_kept(story, at) else ordinary)(story, at)
    return story


def _front_life(world: World, place: int, lead_id: int, enrolment_id: int) -> Story:
    ago, live, topic = FRONT[place]
    reply_by = FRONT_REPLIES[place % len(FRONT_REPLIES)]
    who = person(lead_id)
    details = {"topic": topic, "reply_by": reply_by, "language": "en", "phone": who.phone if reply_by == ReplyBy.CALL else ""}
    story = Story(world, lead_id, enrolment_id, who, **details)
    live(story, world.now - ago)
    return story


def _tell_the_planner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
