"""An import goes on where it was, whatever became of the worker, and no row counts twice."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from leads.capture.importing import actions, work, writing
from leads.models import IllegalMove, Import, ImportRow, ImportState, Lead, Outcome, User
from tests.capture.importing import tried_out, worked

pytestmark = pytest.mark.django_db
ROWS = [f"Vera {number},vera{number}@example.com,," for number in range(25)]


@pytest.fixture(autouse=True)
def small_batches(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(work, "SOME", 10)


def running(by: User) -> Import:
    found = tried_out(by, *ROWS)
    actions.run(by=by, found=found)
    return found


def test_a_slice_ends_between_two_transactions(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    found = running(alice)
    work._further(work._claim(timezone.now()), until=0.0)  # type: ignore[arg-type]  # there is one
    assert Lead.objects.count() == 10
    Import.objects.update(leased_until=None)
    assert worked(found).counts == {Outcome.MADE: 25}
    assert Lead.objects.count() == 25


def test_what_a_killed_worker_began_is_done_by_the_next(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    found, settle, calls = running(alice), work._settle, []

    def killed(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise SystemExit
        settle(*args)

    monkeypatch.setattr(work, "_settle", killed)
    with pytest.raises(SystemExit):
        work.work(60)
    assert Lead.objects.count() == 10
    monkeypatch.setattr(work, "_settle", settle)
    assert worked(found).state == ImportState.DONE
    assert Lead.objects.count() == 25
    assert ImportRow.objects.filter(imported=found).count() == 25


def test_a_worker_that_lives_is_left_alone(alice: User) -> None:
    found = running(alice)
    claimed = work._claim(timezone.now())
    assert claimed is not None
    work.work(1)
    assert not Lead.objects.exists()
    assert work._claim(timezone.now() + work.LEASE + work.LEASE) is not None
    assert found.state != ImportState.DONE


def test_of_two_workers_one_writes(alice: User) -> None:
    running(alice)
    slow = work._claim(timezone.now())
    assert slow is not None
    Import.objects.update(leased_until=None)
    work.work(60)
    with pytest.raises(work.GoesOnElsewhere):
        work._further(slow, until=0.0)
    assert Lead.objects.count() == 25


def test_a_conflict_is_looked_at_again(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    found, write, calls = running(alice), writing.write, []

    def conflicting(*args: Any) -> list[ImportRow]:
        calls.append(args)
        if len(calls) == 1:
            raise IntegrityError
        return write(*args)

    monkeypatch.setattr(work, "write", conflicting)
    assert worked(found).counts == {Outcome.MADE: 25}


def test_one_that_breaks_every_time_holds_up_none_of_the_others(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    (broken, fine), write = [tried_out(alice, *ROWS) for _ in range(2)], writing.write

    def breaking(arrival: writing.Arrival, *rest: Any) -> list[ImportRow]:
        if arrival.found.pk == broken.pk:
            raise IntegrityError
        return write(arrival, *rest)

    monkeypatch.setattr(work, "write", breaking)
    for found in (broken, fine):
        actions.run(by=alice, found=found)
    assert worked(fine).state == ImportState.DONE
    broken.refresh_from_db()
    assert (broken.state, broken.rows_done, broken.leased_until) == (ImportState.RUNNING, 0, None)
    monkeypatch.setattr(work, "write", write)
    assert worked(broken).state == ImportState.DONE


def test_moves_that_are_none_are_refused(alice: User) -> None:
    found = running(alice)
    with pytest.raises(IllegalMove, match="running → mapping"):
        Import.objects.move(found.pk, ImportState.RUNNING, ImportState.MAPPING)
    assert not Import.objects.move(found.pk, ImportState.DONE, ImportState.UNDOING)
