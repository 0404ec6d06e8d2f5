"""A stage goes while its leads are worked on: nobody waits, and none of them is left behind."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection, transaction

from leads.models import Category, Clinic, Lead, Stage, User
from leads.triage.by_itself.stage_removal import move_on, remove_stage
from leads.triage.decisions.recording import Conflict, lock
from tests.cast import make_lead

T = TypeVar("T")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def papers(clinic: Clinic) -> Stage:
    return Stage.objects.create(slug="papers", name="Waits for papers", category=Category.WORKING, position=9)


@pytest.mark.postgresql  # elsewhere one transaction writes at a time
def test_a_lead_that_a_colleague_works_on_is_not_waited_for_and_follows_later(alice: User, papers: Stage) -> None:
    busy, free = make_lead(stage=papers), make_lead(stage=papers, email="free@example.com")
    remove_stage(by=alice, stage=papers, into=Stage.objects.get(slug="contacted"))
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        lock(busy)
        assert pool.submit(_and_close, move_on).result(timeout=30) == 1
    assert list(Lead.objects.filter(stage=papers)) == [busy]
    assert move_on() == 1
    free.refresh_from_db()
    assert free.stage.slug == "contacted"


def test_two_that_remove_each_others_stage_at_the_same_moment_leave_one(alice: User, papers: Stage) -> None:
    contacted, together = Stage.objects.get(slug="contacted"), Barrier(2, timeout=30)

    def remove(stage: Stage, into: Stage) -> bool:
        together.wait()
        try:
            remove_stage(by=alice, stage=stage, into=into)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(_and_close, remove, *pair) for pair in ((papers, contacted), (contacted, papers))]
        assert sorted(each.result(timeout=30) for each in done) == [False, True]
    assert Stage.objects.in_use().filter(category=Category.WORKING).count() == 1


def _and_close(verb: Callable[..., T], *args: object) -> T:
    try:
        return verb(*args)
    finally:
        connection.close()
