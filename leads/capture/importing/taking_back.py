"""An import is taken back: the leads that it made go, where nobody has worked on them since; leads it joined lose what it brought."""

from collections.abc import Callable

from django.db import transaction

from leads.models import TAKEN, Enquiry, Event, EventKind, Import, ImportRow, Lead, Outcome

BY_ITSELF = (EventKind.WOKEN, EventKind.ASSIGNMENT, EventKind.ESCALATED, EventKind.STAGE)  # unless a person or a program did it


@transaction.atomic
def take_some_back(found: Import, some: int, advance: Callable[[Import, int, list[str]], None]) -> int:
    """How many rows; 0 where none is left. In the order of the file: a lead comes before the rows that joined it."""
    rows = list(ImportRow.objects.filter(imported=found, outcome__in=TAKEN).order_by("number")[:some])
    made = {row.lead_id for row in rows if row.outcome == Outcome.MADE and row.lead_id}
    list(Lead.objects.locked().filter(pk__in=made).order_by("pk").values_list("pk", flat=True))
    going = made - _worked_on(found, made)
    staying = _of_this_import(found, rows) - going
    for row in rows:
        row.outcome = Outcome.KEPT if row.outcome != Outcome.JOINED and row.lead_id in staying else Outcome.REMOVED
    brought = [row for row in rows if row.outcome == Outcome.REMOVED and row.lead_id not in going]
    Event.objects.filter(pk__in=[row.event for row in brought]).delete()
    Enquiry.objects.filter(pk__in=[row.enquiry for row in brought if row.enquiry]).delete()
    ImportRow.objects.bulk_update(rows, ["outcome"])
    Lead.objects.filter(pk__in=going).delete()
    if rows:
        advance(found, len(rows), [row.outcome for row in rows])
    return len(rows)


def _of_this_import(found: Import, rows: list[ImportRow]) -> set[int | None]:
    """The leads that it made. A row that joined one of them shares its fate; one that joined an older lead does not."""
    made = ImportRow.objects.filter(imported=found, outcome__in=(Outcome.MADE, Outcome.KEPT), lead__in=[row.lead_id for row in rows])
    return set(made.values_list("lead", flat=True))


def _worked_on(found: Import, leads: set[int]) -> set[int]:
    """Whatever is done to a lead leaves an event. To have read it is no work, nor is what happened to it by itself."""
    events = Event.objects.filter(lead__in=leads).exclude(kind=EventKind.STORY_READ)
    events = events.exclude(by=None, kind__in=BY_ITSELF, data__api_key__isnull=True)
    known = events.values_list("lead_id", "kind", "data")
    return {lead for lead, kind, data in known if not (kind == EventKind.IMPORTED and data.get("import") == found.pk)}
