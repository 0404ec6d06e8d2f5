"""Taking back. Each noun has its way back: whether the change still stands as it was left, and how it is put back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.followup import actions as followup
from leads.followup import answers
from leads.models import Answer, Event, EventKind, Lead, Message, User
from leads.triage.decisions.recording import By, Conflict, key_of, lock, person
from leads.triage.decisions.snapshots import restore, still
from leads.triage.details import field_values, lead_details, tags
from leads.triage.undo import put_back, tasks_put_back
from leads.triage.undo.undoable import UNDO_WITHIN, undoable


@dataclass(frozen=True)
class WayBack:
    still: Callable[[Lead, Event], bool]
    restore: Callable[[Lead, Event], None]
    by_its_author: bool = False  # nobody else may


LEADS_OWN_FIELDS = WayBack(
    still=lambda lead, event: still(lead, event.data["after"]),
    restore=lambda lead, event: restore(lead, event.data["before"]),
)
WAYS_BACK: dict[str, WayBack] = {
    "stage": WayBack(LEADS_OWN_FIELDS.still, put_back.move_back),
    "contacted": LEADS_OWN_FIELDS,
    "done": LEADS_OWN_FIELDS,
    "snooze": LEADS_OWN_FIELDS,
    "assignment": LEADS_OWN_FIELDS,
    "care": LEADS_OWN_FIELDS,
    "call": LEADS_OWN_FIELDS,
    "details": WayBack(still=lead_details.stands, restore=lead_details.put_back),
    "fields": WayBack(still=field_values.stands, restore=field_values.put_back),
    "tags": WayBack(still=tags.stands, restore=tags.put_back),
    "tasks": WayBack(still=tasks_put_back.stands, restore=tasks_put_back.put_back),
    "note": WayBack(put_back.note_stands, put_back.remove_note, by_its_author=True),
    "privacy_request": WayBack(put_back.request_is_done, put_back.reopen_request),
    "contact_rule": WayBack(put_back.rule_holds, put_back.drop_rule),
}
NOUNS = tuple(WAYS_BACK)
ANSWER = "answer"  # taken back by a verb of its own: the mail does not leave, whatever happened to the lead meanwhile
LATER = 50  # events among which we look for who changed it
CHANGE_NOTHING = {EventKind.NOTE, EventKind.STORY_READ, EventKind.UNDONE, EventKind.FOLLOWUP_STOPPED, EventKind.FOLLOWUP_RESUMED}


def is_offered(event: Event, me: int | None) -> bool:
    """Whether it is theirs to take back: a note only who wrote it, a mail only as long as it is here."""
    noun = event.data["noun"]
    if noun == ANSWER:
        return Message.objects.stoppable().filter(pk=event.data["message"]).exists()
    return event.by_id == me or noun not in WAYS_BACK or not WAYS_BACK[noun].by_its_author


def stands(lead: Lead, event: Event) -> bool:
    """Whether the lead is as this change left it."""
    noun = event.data["noun"]
    return noun not in WAYS_BACK or WAYS_BACK[noun].still(lead, event)


@transaction.atomic
def take_back(*, by: User, lead: Lead) -> Message:
    """The mail that waits does not leave; the lead is put back where nothing has happened to it meanwhile."""
    lock(lead)
    event = _undoable(lead, ANSWER)
    message = Message.objects.filter(pk=event.data["message"]).first() if event else None
    if event is None or message is None or not answers.take_back(message=message):
        raise Conflict(_("It has left already."))
    if still(lead, event.data["after"]):
        restore(lead, event.data["before"])
    _undone(by, lead, ANSWER, event)
    return message


@transaction.atomic
def undo(*, by: By, lead: Lead, noun: str, change: str = "", within: timedelta = UNDO_WITHIN) -> Event:
    """Takes the newest change of this noun back, whoever made it, if the lead is still as it left it. Deletes nothing but the answer.

    `change`: the id of the event that is meant, where one is; a colleague's newer change is left alone then.
    """
    lock(lead)
    event = _undoable(lead, noun, within)
    if event is None:
        raise Conflict(_("There is nothing to undo. A change can be undone for ten minutes."))
    way = WAYS_BACK[noun]
    if way.by_its_author and event.by != by:
        raise Conflict(_("Only who wrote it can take it back."))
    if change not in ("", str(event.pk)) or not way.still(lead, event):
        raise Conflict(_changed_since(lead, change or str(event.pk)))
    way.restore(lead, event)
    return _undone(by, lead, noun, event)


def _undone(by: By, lead: Lead, noun: str, event: Event) -> Event:
    Answer.objects.filter(pk=event.data.get("answer")).delete()
    data = {"of": str(event.pk), "noun": noun} | ({"field": event.data["field"]} if "field" in event.data else {})
    undone = Event.objects.create(lead=lead, kind=EventKind.UNDONE, by=person(by), data=data | key_of(by))
    followup.resume(lead=lead, by=person(by), event=event)
    return undone


def _undoable(lead: Lead, noun: str, within: timedelta = UNDO_WITHIN) -> Event | None:
    now = timezone.now()
    recent = lead.events.filter(at__gt=now - within).order_by("-at", "-id").defer("text")
    return undoable(list(recent), now, within).get(noun)


def _changed_since(lead: Lead, change: str) -> str:
    """Whose change stands in the way, where it is a person's."""
    newest_first = lead.events.select_related("by").order_by("-at", "-id").defer("text")
    later = list(takewhile(lambda event: str(event.pk) != change, newest_first[:LATER]))
    who = next((event.by for event in later if event.by and event.kind not in CHANGE_NOTHING), None)
    if who is None:
        return _("This lead has changed since, so that can’t be undone.")
    return _("This lead has changed since (%s), so that can’t be undone.") % who
