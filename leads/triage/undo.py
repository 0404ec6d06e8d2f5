"""Taking back. Each noun has its way back: whether the change still stands as it was left, and how it is put back."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.followup import actions as followup
from leads.followup import answers
from leads.models import Answer, Event, EventKind, Lead, Message, User
from leads.triage import field_values, lead_details, tags
from leads.triage.recording import By, Conflict, key_of, lock, person
from leads.triage.snapshots import restore, still
from leads.triage.undoable import UNDO_WITHIN, undoable


@dataclass(frozen=True)
class WayBack:
    still: Callable[[Lead, Event], bool]
    restore: Callable[[Lead, Event], None]


LEADS_OWN_FIELDS = WayBack(
    still=lambda lead, event: still(lead, event.data["after"]),
    restore=lambda lead, event: restore(lead, event.data["before"]),
)
WAYS_BACK: dict[str, WayBack] = {
    "stage": LEADS_OWN_FIELDS,
    "contacted": LEADS_OWN_FIELDS,
    "done": LEADS_OWN_FIELDS,
    "snooze": LEADS_OWN_FIELDS,
    "assignment": LEADS_OWN_FIELDS,
    "care": LEADS_OWN_FIELDS,
    "call": LEADS_OWN_FIELDS,
    "details": WayBack(still=lead_details.stands, restore=lead_details.put_back),
    "fields": WayBack(still=field_values.stands, restore=field_values.put_back),
    "tags": WayBack(still=tags.stands, restore=tags.put_back),
}
NOUNS = tuple(WAYS_BACK)


@transaction.atomic
def take_back(*, by: User, lead: Lead) -> Message:
    """The mail that waits does not leave, whatever happened to the lead meanwhile; the lead is put back where nothing has."""
    lock(lead)
    event = _undoable(lead, "answer")
    message = Message.objects.filter(pk=event.data["message"]).first() if event else None
    if event is None or message is None or not answers.take_back(message=message):
        raise Conflict(_("It has left already."))
    if still(lead, event.data["after"]):
        restore(lead, event.data["before"])
    _undone(by, lead, "answer", event)
    return message


@transaction.atomic
def undo(*, by: By, lead: Lead, noun: str) -> Event:
    """Takes the newest change of this noun back, whoever made it, if the lead is still as it left it. Deletes nothing but the answer."""
    lock(lead)
    event = _undoable(lead, noun)
    if event is None:
        raise Conflict(_("There is nothing to undo. A change can be undone for ten minutes."))
    way = WAYS_BACK[noun]
    if not way.still(lead, event):
        raise Conflict(_("This lead has changed since, so that can’t be undone."))
    way.restore(lead, event)
    return _undone(by, lead, noun, event)


def _undone(by: By, lead: Lead, noun: str, event: Event) -> Event:
    Answer.objects.filter(pk=event.data.get("answer")).delete()
    data = {"of": str(event.pk), "noun": noun} | {name: event.data[name] for name in ("field",) if name in event.data}
    undone = Event.objects.create(lead=lead, kind=EventKind.UNDONE, by=person(by), data=data | key_of(by))
    followup.resume(lead=lead, by=person(by), event=event)
    return undone


def _undoable(lead: Lead, noun: str) -> Event | None:
    now = timezone.now()
    recent = lead.events.filter(at__gt=now - UNDO_WITHIN).order_by("-at", "-id").defer("text")
    return undoable(list(recent), now).get(noun)
