"""What a manager does with a file: uploads it, says what its columns hold, lets it run, takes it back. The rest is work.py."""

from datetime import datetime, timedelta
from itertools import chain, islice

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.capture.importing import store
from leads.capture.importing.columns import guessed
from leads.capture.importing.decoding import decoded, delimiter_of, encoding_of
from leads.capture.importing.work import rows_of
from leads.models import Import, ImportRow, ImportState, User
from leads.models.ids import uuid7
from leads.policy.refused import Refused
from leads.policy.scratch import scratch

UNDO_WITHIN = timedelta(days=30)
FILE_KEPT = timedelta(days=7)
MOST_COLUMNS = 200
START = 64 * 1024


def upload(*, by: User, file: "UploadedFile[bytes]") -> Import:
    """Kept, encrypted; nothing is imported yet."""
    pieces = iter(file.chunks(store.CHUNK))
    start = next(pieces, b"")
    encoding = encoding_of(start)
    delimiter = delimiter_of("".join(decoded([start], encoding)))
    found = Import(by=by, file=uuid7(), encoding=encoding, delimiter=delimiter)
    store.keep(found.file, chain([start], pieces))
    try:
        header = next(rows_of(found), None)
        if header is None or header.problem or len(header.cells) > MOST_COLUMNS:
            raise Refused(_("Choose a CSV file whose first row holds the names of its columns."))
        if next(islice(rows_of(found), 1, None), None) is None:
            raise Refused(_("Choose a file with at least one row below the names of its columns."))
    except Refused:
        store.forget(found.file)
        raise
    found.columns = guessed(header.cells)
    found.save()
    return found


@transaction.atomic
def choose(*, by: User, found: Import, columns: list[str], same_person: str, arrives: str) -> None:
    """What each column holds, and what becomes of the people: it is tried out anew, and nothing is imported yet."""
    state = ImportState(found.state)
    if state not in (ImportState.MAPPING, ImportState.CHECKED):
        raise Refused(_("This import is under way. Its columns can’t be changed any more."))
    anew = {"rows_done": 0, "counts": {}, "columns": columns, "same_person": same_person, "arrives": arrives}
    if not Import.objects.move(found.pk, state, ImportState.CHECKING, by=by, **anew):
        raise Refused(_("A colleague was quicker. This is how it stands now."))
    ImportRow.objects.filter(imported=found).delete()


@transaction.atomic
def run(*, by: User, found: Import) -> None:
    if not Import.objects.move(found.pk, ImportState.CHECKED, ImportState.RUNNING, by=by, rows_done=0, counts={}):
        raise Refused(_("Try it out first. Then it can be imported, once."))
    ImportRow.objects.filter(imported=found).delete()


def undo(*, by: User, found: Import) -> None:
    state = ImportState(found.state)
    if not can_be_undone(found, timezone.now()):
        raise Refused(_("There is nothing to undo. An import can be undone for 30 days."))
    if not Import.objects.move(found.pk, state, ImportState.UNDOING, rows_done=0, counts={}):
        raise Refused(_("A colleague was quicker. This is how it stands now."))


def can_be_undone(found: Import, now: datetime) -> bool:
    ended = found.state in (ImportState.DONE, ImportState.FAILED)
    return ended and found.done_at is not None and now - found.done_at < UNDO_WITHIN


def forget_old(now: datetime) -> None:
    """Files after a week, and after a day what a killed process left behind; what became of each row, when it can't be undone any more."""
    for found in Import.objects.filter(file_gone_at=None, at__lt=now - FILE_KEPT).order_by("pk")[:20]:
        store.forget(found.file)
        Import.objects.filter(pk=found.pk).update(file_gone_at=now)
    for left in scratch().iterdir():
        if left.stat().st_mtime < (now - timedelta(days=1)).timestamp():
            left.unlink(missing_ok=True)
    old = ImportRow.objects.filter(imported__at__lt=now - UNDO_WITHIN - FILE_KEPT).values_list("pk", flat=True)
    ImportRow.objects.filter(pk__in=list(old[:5000])).delete()
