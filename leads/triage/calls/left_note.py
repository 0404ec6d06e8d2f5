"""What was typed in a call that is not logged waits in the note box of the lead's page, for whoever typed it."""

from django.http import Http404

from leads.access import Right, get_lead
from leads.models import EventKind, Lead, User
from leads.triage.decisions.recording import Conflict
from leads.triage.lead.drafts import draft_of, keep_draft


def keep_note(*, by: User, reference: str, note: str) -> bool:
    """False where there is nothing to keep, or nobody any more whom it is about."""
    try:
        lead = get_lead(by, reference, Right.WORK_LEADS)
    except Http404:
        return False
    if not note or _is_logged(by, lead, note):
        return False
    draft = draft_of(by, lead)
    notes = [draft.note, note] if draft and draft.note else [note]
    try:
        keep_draft(by=by, lead=lead, note="\n\n".join(notes), subject=(draft and draft.subject) or "", text=(draft and draft.text) or "")
    except Conflict:
        return False
    return True


def _is_logged(by: User, lead: Lead, note: str) -> bool:
    """It was pressed twice, and the first one brought it along."""
    newest = lead.events.filter(kind=EventKind.CALLED, by=by).order_by("-at", "-id").first()
    return newest is not None and newest.text == note
