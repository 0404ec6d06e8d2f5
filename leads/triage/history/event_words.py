"""A lead's events in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from leads.models import CallOutcome, Channel, CloseReason, Event, EventKind, PrivacyRequestKind, Stage, StopReason, TaskState
from leads.triage.decisions.outcomes import Calendar
from leads.triage.history.changed_words import changed_detail, changed_field, changed_tags
from leads.triage.words.booking_words import THINGS, UNTOLD
from leads.triage.words.staff import people


@dataclass(frozen=True)
class Names:
    """What ids in events stand for."""

    stages: dict[int, str]
    calendar: Calendar

    @classmethod
    def of(cls, calendar: Calendar) -> "Names":
        return cls({stage.pk: stage.name for stage in Stage.objects.ever()}, calendar)

    def stage(self, pk: int) -> str:
        return self.stages.get(pk, "?")

    def person(self, pk: int | None) -> str:
        known = people.with_ids([pk]).get(pk) if pk else None
        return str(known) if known else _("nobody")

    def time(self, iso: str | None) -> str:
        return self.calendar.when(datetime.fromisoformat(iso)) if iso else ""


def _enquiry(event: Event, names: Names) -> str:
    channel = dict(Channel.choices).get(event.data.get("channel", ""), "")
    return _("Enquiry received · %s") % channel if channel else _("Enquiry received")


def _stage(event: Event, names: Names) -> str:
    before, after = event.data.get("before", {}).get("stage"), event.data.get("after", {}).get("stage")
    moved = _("Moved from %(before)s to %(after)s") % {"before": names.stage(before), "after": names.stage(after)}
    reason = CloseReason.objects.with_id(event.data.get("after", {}).get("close_reason"))
    return f"{moved}: {reason}" if reason else moved


def _attention(event: Event, names: Names) -> str:
    due = names.time(event.data.get("after", {}).get("due_at"))
    if event.data.get("noun") == "snooze":
        return _("Snoozed until %s") % due
    return _("Done for now, check back %s") % due


def _assignment(event: Event, names: Names) -> str:
    owner = event.data.get("after", {}).get("owner")
    return _("Assigned to %s") % names.person(owner)


def _undone(event: Event, names: Names) -> str:
    nouns = {
        "stage": _("Undid the move"),
        "contacted": _("Undid the logged contact"),
        "call": _("Undid the logged call"),
        "answer": _("Took an email back"),
        "done": _("Undid “done for now”"),
        "snooze": _("Undid the snooze"),
        "assignment": _("Undid the assignment"),
        "care": _("Put back to “Read first”"),
        "spam": _("Put back into Check"),
        "details": _("Undid a change of details"),
        "fields": _("Undid a change of a field"),
        "tags": _("Undid a change of tags"),
        "tasks": _("Undid a change of a task"),
        "note": _("Took a note back"),
        "privacy_request": _("Opened what they asked about their data again"),
        "contact_rule": _("Took back how to reach them"),
    }
    return nouns.get(event.data.get("noun", ""), _("Undone"))


def _stopped(event: Event, names: Names) -> str:
    why = dict(StopReason.choices).get(event.data.get("reason", ""), "")
    return _("Follow-up stopped: %s") % why if why else _("Follow-up stopped")


def _crisis(event: Event, names: Names) -> str:
    return _("“I have this”") if event.data.get("noun") == "care" else _("To be read first")


def _called(event: Event, names: Names) -> str:
    outcome = dict(CallOutcome.choices).get(event.data.get("outcome", ""), "")
    return _("Called: %s") % str(outcome).lower() if outcome else _("Called")


def _note(event: Event, names: Names) -> str:
    if event.data.get("removed"):
        return _("A note that was taken back")
    if event.data.get("about") == "referral":
        return _("Who it is about")
    told = [names.person(pk) for pk in event.data.get("mentioned", [])]
    return _("Note to %s") % ", ".join(told) if told else _("Note")


def _privacy_request(event: Event, names: Names) -> str:
    deletion = event.data.get("request") == PrivacyRequestKind.DELETION
    return _("Asked us to delete their details") if deletion else _("Asked for a copy of what we keep")


def _privacy_done(event: Event, names: Names) -> str:
    deletion = event.data.get("request") == PrivacyRequestKind.DELETION
    return _("Saw to the deletion they asked for") if deletion else _("Saw to the copy they asked for")


def _contact_rule(event: Event, names: Names) -> str:
    if event.data.get("asked"):
        return _("Asked to be reached differently")
    if event.data.get("told"):
        return _("Wrote down how to reach them")
    return _("Let hold how to reach them") if event.by else _("Said how to reach them")


def _booked(event: Event, names: Names) -> str:
    return _told(_("Booked %(kind)s: %(time)s"), event, names)


def _booking_moved(event: Event, names: Names) -> str:
    return _told(_("Moved %(kind)s from %(before)s to %(time)s"), event, names)


def _booking_cancelled(event: Event, names: Names) -> str:
    return _told(_("Cancelled %(kind)s: %(time)s"), event, names)


def _told(sentence: str, event: Event, names: Names) -> str:
    times = {name: names.time(event.data.get(key)) for name, key in (("time", "starts_at"), ("before", "before"))}
    said = sentence % (times | {"kind": THINGS.get(event.data.get("kind", ""), _("a booking"))})
    why = UNTOLD.get(event.data.get("untold", ""))
    return _("%(said)s (no mail: %(why)s)") % {"said": said, "why": why} if why else said


def _task(event: Event, names: Names) -> str:
    task = event.data.get("is", {})
    who = names.person(task["assignee"]) if task.get("assignee") else _("whoever is at work")
    return _("Task for %(name)s, due %(time)s") % {"name": who, "time": names.time(task.get("due_at"))}


def _task_changed(event: Event, names: Names) -> str:
    was, now = event.data.get("was", {}), event.data.get("is", {})
    if now.get("state") == TaskState.REMOVED:
        return _("Removed a task")
    if was.get("state") == TaskState.DONE:
        return _("Opened a task again")
    if was.get("assignee") != now.get("assignee"):
        return _("Gave a task to %s") % (names.person(now["assignee"]) if now.get("assignee") else _("whoever is at work"))
    if was.get("due_at") != now.get("due_at"):
        return _("Gave a task another time: %s") % names.time(now.get("due_at"))
    return _("Reworded a task")


def _reference(event: Event) -> str:
    return str(event.data.get("reference", "?"))


def _merged(event: Event, names: Names) -> str:
    return _("Merged with another lead of theirs (%s)") % _reference(event)


def _unmerged(event: Event, names: Names) -> str:
    return _("Parted from %s again") % _reference(event)


def _not_same(event: Event, names: Names) -> str:
    reference = _reference(event)
    if event.data.get("taken_back"):
        return _("May be the same person as %s after all") % reference
    return (
        _("Shares an address with %s, and is somebody else") if event.data.get("household") else _("Is not the same person as %s")
    ) % reference


WORDS: dict[str, Callable[[Event, Names], str]] = {
    EventKind.ENQUIRY: _enquiry,
    EventKind.STAGE: _stage,
    EventKind.ATTENTION: _attention,
    EventKind.ASSIGNMENT: _assignment,
    EventKind.UNDONE: _undone,
    EventKind.FOLLOWUP_STOPPED: _stopped,
    EventKind.CRISIS: _crisis,
    EventKind.CALLED: _called,
    EventKind.NOTE: _note,
    EventKind.CONTACT_RULE: _contact_rule,
    EventKind.PRIVACY_REQUEST: _privacy_request,
    EventKind.PRIVACY_DONE: _privacy_done,
    EventKind.DETAILS: lambda event, _names: changed_detail(event),
    EventKind.CUSTOM_FIELD: lambda event, _names: changed_field(event),
    EventKind.TAGS: lambda event, _names: changed_tags(event),
    EventKind.BOOKED: _booked,
    EventKind.BOOKING_MOVED: _booking_moved,
    EventKind.BOOKING_CANCELLED: _booking_cancelled,
    EventKind.TASK: _task,
    EventKind.TASK_CHANGED: _task_changed,
    EventKind.MERGED: _merged,
    EventKind.UNMERGED: _unmerged,
    EventKind.NOT_SAME: _not_same,
}
TONES: dict[str, str] = {
    EventKind.CRISIS: "danger",
    EventKind.ENQUIRY: "accent",
    EventKind.REPLIED: "accent",
    EventKind.BOUNCED: "warn",
    EventKind.COMPLAINED: "warn",
    EventKind.CONTACTED: "ok",
    EventKind.ANSWERED: "ok",
    EventKind.CALLED: "info",
    EventKind.BOOKED: "ok",
    EventKind.NOTE: "info",
    EventKind.TASK_DONE: "ok",
}


def words(event: Event, names: Names) -> str:
    return WORDS[event.kind](event, names) if event.kind in WORDS else str(EventKind(event.kind).label)
