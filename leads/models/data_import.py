"""A file of people who come from elsewhere, how far it has been taken in, and what became of each of its rows."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.ids import uuid7
from leads.models.lead import Lead
from leads.models.moves import move


class ImportState(models.TextChoices):
    MAPPING = "mapping", _("Waits for its columns")
    CHECKING = "checking", _("Is being tried out")
    CHECKED = "checked", _("Was tried out")
    RUNNING = "running", _("Is being imported")
    DONE = "done", _("Imported")
    UNDOING = "undoing", _("Is being undone")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Could not be read")


MOVES: dict[str, set[ImportState]] = {
    ImportState.MAPPING: {ImportState.CHECKING},
    ImportState.CHECKING: {ImportState.CHECKED, ImportState.FAILED},
    ImportState.CHECKED: {ImportState.CHECKING, ImportState.RUNNING},
    ImportState.RUNNING: {ImportState.DONE, ImportState.FAILED},
    ImportState.DONE: {ImportState.UNDOING},
    ImportState.UNDOING: {ImportState.UNDONE},
    ImportState.UNDONE: set(),
    ImportState.FAILED: {ImportState.UNDOING},  # what came in before the file was gone
}
AT_WORK = (ImportState.CHECKING, ImportState.RUNNING, ImportState.UNDOING)


class SamePerson(models.TextChoices):
    """What becomes of a row whose person has a lead already."""

    JOIN = "join", _("Add it to the lead they have")
    SKIP = "skip", _("Leave it out")
    OWN = "own", _("Make a lead of its own all the same")


class Arrives(models.TextChoices):
    DONE = "done", _("Done for now: each comes back when it is time to check")
    NEEDS_US = "needs_us", _("Needs us: all of them are in the inbox at once")


class Outcome(models.TextChoices):
    MADE = "made", _("New lead")
    JOINED = "joined", _("Joins the lead they have")
    REPEATED = "repeated", _("Joins the lead of an earlier row")
    KNOWN = "known", _("They have a lead already")
    TWICE = "twice", _("They stand in an earlier row")
    NO_NAME = "no_name", _("There is no name")
    NO_ADDRESS = "no_address", _("There is neither an email address nor a phone number")
    BAD_EMAIL = "bad_email", _("The email address is not in the correct format, like name@example.com")
    BAD_PHONE = "bad_phone", _("The phone number has too few digits or too many")
    LONG_NAME = "long_name", _("The name has more than 120 characters")
    LONG_TEXT = "long_text", _("A text has more than 5,000 characters")
    LONG_CELL = "long_cell", _("A cell has more than 10 kB")
    LONG_ROW = "long_row", _("The row is too long")
    OPEN_QUOTE = "open_quote", _("A quotation mark opens here and nothing closes it, so what follows could not be read")
    TOO_FEW = "too_few", _("The row has fewer cells than the first row has columns")
    TOO_MANY = "too_many", _("The row has more cells than the first row has columns")
    BAD_DATE = "bad_date", _("The date can’t be read; write it like 2026-05-31")
    NO_STAGE = "no_stage", _("There is no stage of this name")
    NO_OWNER = "no_owner", _("No colleague has this name or address")
    REMOVED = "removed", _("Removed again")
    KEPT = "kept", _("Stays: somebody has worked on it since")


TAKEN = (Outcome.MADE, Outcome.JOINED, Outcome.REPEATED)
LEFT_OUT = (Outcome.KNOWN, Outcome.TWICE)
REJECTED = tuple(outcome for outcome in Outcome if outcome not in (*TAKEN, *LEFT_OUT, Outcome.REMOVED, Outcome.KEPT))


class ImportQuerySet(models.QuerySet["Import"]):
    def move(self, pk: int, before: ImportState, after: ImportState, **changes: object) -> bool:
        return bool(move(self.filter(pk=pk), MOVES, before, after, **changes))

    def advance(self, found: "Import", rows: int, counts: dict[str, int]) -> bool:
        """So many rows further, if it is where `found` says. Within the transaction that writes the rows, so that none counts twice."""
        here = self.filter(pk=found.pk, state=found.state, rows_done=found.rows_done)
        if not here.update(rows_done=F("rows_done") + rows, counts=counts):
            return False
        found.rows_done, found.counts = found.rows_done + rows, counts
        return True

    def at_work(self) -> Self:
        return self.filter(state__in=AT_WORK)


class Import(models.Model):
    file = models.UUIDField(default=uuid7, editable=False)  # its name in DATA_DIR/imports
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.MAPPING)
    encoding = models.CharField(max_length=12)
    delimiter = models.CharField(max_length=1)
    columns = models.JSONField(default=list)  # for each column of the file the code of a field, or ""
    same_person = models.CharField(max_length=5, choices=SamePerson, default=SamePerson.JOIN)
    arrives = models.CharField(max_length=10, choices=Arrives, default=Arrives.DONE)
    rows = models.PositiveIntegerField(default=0)  # in the file, its first one apart; known once it was tried out
    rows_done = models.PositiveIntegerField(default=0)  # in this state
    counts = models.JSONField(default=dict)  # {outcome: how many} in this state
    leased_until = models.DateTimeField(null=True)  # a worker is at it
    done_at = models.DateTimeField(null=True)
    file_gone_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(condition=Q(same_person__in=SamePerson.values), name="import_same_person_known"),
            models.CheckConstraint(condition=Q(arrives__in=Arrives.values), name="import_arrives_known"),
        ]
        indexes = [
            models.Index(fields=["id"], name="import_at_work", condition=Q(state__in=AT_WORK)),
            models.Index(fields=["at"], name="import_with_file", condition=Q(file_gone_at=None)),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"

    def count_of(self, outcomes: tuple[Outcome, ...]) -> int:
        return sum(self.counts.get(outcome, 0) for outcome in outcomes)


class ImportRow(models.Model):
    """One row of the file: its number as a spreadsheet shows it, what became of it, and what it brought."""

    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="found", db_index=False)  # one_row_a_number
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    person = models.CharField(max_length=32, blank=True)  # a keyed hash of who it is; no name, no address
    lead = models.ForeignKey(Lead, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)  # import_row_of_lead
    event = models.UUIDField(null=True)
    enquiry = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["imported", "number"], name="one_row_a_number"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="import_outcome_known"),
        ]
        indexes = [
            models.Index(fields=["imported", "person"], name="import_row_of_person", condition=~Q(person="")),
            models.Index(fields=["lead"], name="import_row_of_lead", condition=Q(lead__isnull=False)),
            models.Index(fields=["imported", "outcome", "number"], name="import_row_outcome"),
        ]

    def __str__(self) -> str:
        return f"row {self.number}"
