"""The note in the box of a lead's page: everything pressed on that page brings it along, and it is kept with what was pressed."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from leads.access import DeskRequest, Right, get_lead
from leads.models import Lead
from leads.triage.decisions.actions import add_note
from leads.triage.decisions.forms import CallForm, NoteForm, checked

Verb = Callable[[DeskRequest, Lead], str]


def typed_note(request: DeskRequest) -> str:
    """Each end of a line is one character, as people count; a browser sends two."""
    return request.POST.get("text", "").replace("\r\n", "\n")


def typed_call(request: DeskRequest) -> dict[str, Any]:
    """What came of a call, and the note, which is about it."""
    return checked(CallForm({"outcome": request.POST.get("outcome", ""), "text": typed_note(request)}))


def lead_of_page(request: DeskRequest, changed: Lead) -> Lead:
    """Whose page it was typed on: "Undo" on the page of the next lead changes the one before, and the note is not about that one."""
    reference = request.POST.get("note_on")
    return get_lead(request.user, reference, Right.WORK_LEADS) if reference else changed


def with_typed_note(verb: Verb, request: DeskRequest, lead: Lead) -> str:
    """The verb and the note, both or neither; what to say about it.

    The note comes second: by then the verb has locked the lead, and a lead that was released may have joined another one.
    """
    if not typed_note(request).strip():
        return verb(request, lead)
    text = checked(NoteForm({"text": typed_note(request)}))["text"]
    with transaction.atomic():
        said = verb(request, lead)
        add_note(by=request.user, lead=lead_of_page(request, lead), text=text)
    return f"{_('Note saved.')} {said}".strip()
