"""What is typed on a lead's page and not saved yet: kept by itself, given back to whoever typed it, gone once it is saved or sent."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.models import Draft, Lead, User
from leads.triage.decisions.recording import Conflict

LONGEST = 20_000  # characters: more than any box of the page takes


def keep_draft(*, by: User, lead: Lead, note: str, subject: str, text: str) -> Draft | None:
    """None where nothing is typed: then there is no draft any more."""
    if max(len(note), len(subject), len(text)) > LONGEST:
        raise Conflict(_("That is too long to be kept by itself. Save it, or shorten it."))
    if not (note.strip() or text.strip()):
        forget_draft(by=by, lead=lead)
        return None
    try:
        with transaction.atomic():
            return _written(by, lead, note, subject, text)
    except IntegrityError:  # another page of theirs was first
        return _written(by, lead, note, subject, text)


def _written(by: User, lead: Lead, note: str, subject: str, text: str) -> Draft:
    draft = Draft.objects.filter(lead=lead, user=by).first() or Draft(lead=lead, user=by)
    draft.note, draft.subject, draft.text, draft.saved_at = note or None, subject or None, text or None, timezone.now()
    draft.save()
    return draft


def forget_draft(*, by: User, lead: Lead) -> None:
    Draft.objects.filter(lead=lead, user=by).delete()


def draft_of(user: User, lead: Lead) -> Draft | None:
    return Draft.objects.filter(lead=lead, user=user).first()
