"""A file that Alice imports, for the tests of all that can become of it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from leads.capture.importing import actions
from leads.capture.importing.work import work
from leads.models import Import, Outcome, User

HEADER = "Name,Email,Phone,Message"


def uploaded(by: User, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Import:
    content = "\n".join([header, *rows]) + "\n"
    return actions.upload(by=by, file=SimpleUploadedFile("people.csv", content.encode(encoding)))


def tried_out(by: User, *rows: str, same_person: str = "join", arrives: str = "done", **file: Any) -> Import:
    found = uploaded(by, *rows, **file)
    actions.choose(by=by, found=found, columns=found.columns, same_person=same_person, arrives=arrives)
    return worked(found)


def imported(by: User, *rows: str, **how: Any) -> Import:
    found = tried_out(by, *rows, **how)
    actions.run(by=by, found=found)
    return worked(found)


def worked(found: Import) -> Import:
    """To the end of what it is at."""
    work(60)
    found.refresh_from_db()
    return found


def outcomes(found: Import) -> dict[int, str]:
    return {number: Outcome(outcome) for number, outcome in found.found.order_by("number").values_list("number", "outcome")}
