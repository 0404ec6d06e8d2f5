"""How moves, notes, requests about data and contact rules are put back as they were (leads/triage/undo/undo.py asks)."""

from leads.followup.contact import forget_rule
from leads.models import Event, Lead, PrivacyRequest
from leads.triage.decisions.snapshots import restore, still
from leads.triage.undo.tasks_put_back import pick_up_tasks


def move_back(lead: Lead, event: Event) -> None:
    """Who was closed is open again, with what there was to do."""
    restore(lead, event.data["before"])
    pick_up_tasks(lead, event)


def note_stands(lead: Lead, event: Event) -> bool:
    return not event.data.get("removed")


def remove_note(lead: Lead, event: Event) -> None:
    """That there was a note stays in the history; its words go."""
    Event.objects.filter(pk=event.pk).update(text=None, data=event.data | {"removed": True})


def request_is_done(lead: Lead, event: Event) -> bool:
    again = lead.privacy_requests.filter(kind=event.data["request"], done_at=None)
    return still(lead, event.data["after"]) and not again.exists()


def reopen_request(lead: Lead, event: Event) -> None:
    PrivacyRequest.objects.filter(lead=lead, kind=event.data["request"], done_at=event.data["done_at"]).update(done_at=None, done_by=None)
    restore(lead, event.data["before"])


def rule_holds(lead: Lead, event: Event) -> bool:
    newest = lead.contact_rules.order_by("-at", "-id").first()
    return newest is not None and str(newest.pk) == event.data["rule"]


def drop_rule(lead: Lead, event: Event) -> None:
    forget_rule(lead=lead, event=event)
