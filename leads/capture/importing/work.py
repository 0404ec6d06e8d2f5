"""Takes an import further, a few hundred rows a transaction and a few seconds at a time: mail never waits long for the worker.

Each transaction says how far it came (`Import.objects.advance`): a killed worker costs the rows of one, and none counts twice.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from leads.capture.importing import store
from leads.capture.importing.decoding import decoded
from leads.capture.importing.people import Person, Reader, Unusable, World
from leads.capture.importing.placing import place
from leads.capture.importing.records import Record, records
from leads.capture.importing.taking_back import take_some_back
from leads.capture.importing.writing import Arrival, write
from leads.followup.trouble import describe
from leads.models import Import, ImportRow, ImportState, Unreadable

logger = logging.getLogger(__name__)

SLICE = 3.0  # seconds
SOME = 500  # rows a transaction
TRIES = 4  # where the same person writes at that moment, or two references fell out the same
LEASE = timedelta(seconds=60)  # after which a worker that says nothing more is taken for dead


class GoesOnElsewhere(Exception):
    """Another worker has taken it further: what this one was about to write is not written."""


def work(seconds: float = SLICE) -> None:
    """One that breaks is tried again with the next look, and holds up none of the others."""
    until, broken = time.monotonic() + seconds, list[int]()
    while time.monotonic() < until and (found := _claim(timezone.now(), broken)):
        try:
            _further(found, until)
        except GoesOnElsewhere:
            logger.info("Import %d goes on elsewhere.", found.pk)
        except Exception as error:
            logger.error("Import %d broke off: %s.", found.pk, describe(error))
            broken.append(found.pk)
        finally:
            Import.objects.filter(pk=found.pk, leased_until=found.leased_until).update(leased_until=None)


def rows_of(found: Import) -> Iterator[Record]:
    """The first of them holds the columns' names."""
    return records(decoded(store.read(found.file), found.encoding), found.delimiter)


def _claim(now: datetime, broken: Sequence[int] = ()) -> Import | None:
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    for pk in Import.objects.at_work().filter(free).exclude(pk__in=broken).order_by("pk").values_list("pk", flat=True)[:10]:
        if Import.objects.at_work().filter(free, pk=pk).update(leased_until=now + LEASE):
            return Import.objects.get(pk=pk)
    return None


def _further(found: Import, until: float) -> None:
    if found.state == ImportState.UNDOING:
        _take_back(found, until)
        return
    write_some = _import_some if found.state == ImportState.RUNNING else _try_some
    try:
        is_through = _through(found, until, write_some)
    except (FileNotFoundError, Unreadable):
        logger.error("Import %d: its file is gone, or the keys do not open it.", found.pk)
        Import.objects.move(found.pk, ImportState(found.state), ImportState.FAILED, done_at=timezone.now())
        return
    if is_through and found.state == ImportState.CHECKING:
        Import.objects.move(found.pk, ImportState.CHECKING, ImportState.CHECKED, rows=found.rows_done)
    elif is_through:
        Import.objects.move(found.pk, ImportState.RUNNING, ImportState.DONE, done_at=timezone.now(), rows=found.rows_done)


WriteSome = Callable[[Import, list[Person], World], list[ImportRow]]


def _through(found: Import, until: float, write_some: WriteSome) -> bool:
    """Whether it came to the end."""
    reader = Reader(found.columns, World.at(timezone.now()))
    rest = islice(rows_of(found), 1 + found.rows_done, None)
    while batch := list(islice(rest, SOME)):
        _batch(found, reader, batch, write_some)
        if time.monotonic() > until:
            return False
    return True


def _batch(found: Import, reader: Reader, batch: list[Record], write_some: WriteSome) -> None:
    people, rejected = _read(found, reader, batch)
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                rows = rejected + write_some(found, people, reader.world)
                _settle(found, len(batch), rows)
        except IntegrityError:
            if attempt == TRIES:
                raise
        else:
            return


def _settle(found: Import, number: int, rows: list[ImportRow]) -> None:
    """The lease goes with it: whoever still works is not taken for dead."""
    _advance(found, number, [row.outcome for row in rows])
    lease = timezone.now() + LEASE
    Import.objects.filter(pk=found.pk).update(leased_until=lease)
    found.leased_until = lease
    ImportRow.objects.bulk_create(rows)


def _read(found: Import, reader: Reader, batch: list[Record]) -> tuple[list[Person], list[ImportRow]]:
    people, rejected = [], []
    for record in batch:
        try:
            people.append(reader.person(record))
        except Unusable as unusable:
            rejected.append(ImportRow(imported=found, number=record.number, outcome=unusable.outcome))
    return people, rejected


def _try_some(found: Import, people: list[Person], world: World) -> list[ImportRow]:
    return [
        ImportRow(imported=found, number=placed.person.number, outcome=placed.outcome, person=placed.digest)
        for placed in place(found, people)
    ]


def _import_some(found: Import, people: list[Person], world: World) -> list[ImportRow]:
    return write(Arrival.of(found, world.now), place(found, people, lock=True))


def _take_back(found: Import, until: float) -> None:
    while rows := take_some_back(found, SOME, _advance):
        if time.monotonic() > until and rows:
            return
    Import.objects.move(found.pk, ImportState.UNDOING, ImportState.UNDONE)


def _advance(found: Import, number: int, outcomes: list[str]) -> None:
    if not Import.objects.advance(found, number, dict(Counter(found.counts) + Counter(outcomes))):
        raise GoesOnElsewhere
