"""The first rows of a file as they will become, for the page on which its columns are chosen."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from django.utils import timezone

from leads.capture.importing.columns import FIELDS
from leads.capture.importing.people import Person, Reader, Unusable, World
from leads.capture.importing.work import rows_of
from leads.models import Import, Topic

ROWS = 10
LONGEST = 60


class Preview(NamedTuple):
    labels: list[str]
    rows: list[tuple[int, list[str], str]]  # its number, its cells, and why it is left out


def preview(found: Import, columns: Sequence[str]) -> Preview:
    shown = [each for each in FIELDS if each.code in columns and each.code not in ("first", "last")]
    if {"first", "last"} & set(columns) and "name" not in columns:
        shown = [FIELDS[0], *shown]
    reader = Reader(columns, World.at(timezone.now()))
    rows: list[tuple[int, list[str], str]] = []
    for record in islice(rows_of(found), 1, 1 + ROWS):
        try:
            person = reader.person(record)
        except Unusable as unusable:
            rows.append((record.number, [], str(unusable.outcome.label)))
        else:
            rows.append((record.number, [_cell(person, each.code) for each in shown], ""))
    return Preview([str(each.label) for each in shown], rows)


def _cell(person: Person, code: str) -> str:
    if code == "received":
        return person.received_at.strftime("%Y-%m-%d %H:%M") if person.received_at else ""
    if code == "topic":
        return str(Topic(person.topic).label) if person.topic else ""
    if code in ("message", "note"):  # Whoever chooses columns need not read what they wrote.
        return "•••" if getattr(person, code) else ""
    if code == "owner":
        return "✓" if person.owner_id else ""
    if code == "stage":
        return person.stage.name if person.stage else ""
    return str(getattr(person, code))[:LONGEST]
