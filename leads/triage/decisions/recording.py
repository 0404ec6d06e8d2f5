"""What every verb on a lead does in this order: lock it, refuse where it is in no state for this, change it, record the event."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from leads.models import Answer, ApiKey, Event, Lead, Screening, User
from leads.policy.refused import Refused
from leads.triage.decisions.outcomes import Fields
from leads.triage.decisions.snapshots import WORK, snapshot

By = User | ApiKey | None


class Conflict(Refused):
    """The lead is not in a state for this."""


def lock(lead: Lead) -> None:
    """The row as it is now, ours until the transaction ends; the caller's object shows it."""
    lead.refresh_from_db(from_queryset=Lead.objects.locked())


def record(
    by: By,
    lead: Lead,
    kind: str,
    noun: str,
    change: Fields,
    *,
    kept: tuple[str, ...] = WORK,
    text: str | None = None,
    answer: Answer | None = None,
    more: Mapping[str, object] | None = None,
) -> Event:
    before = snapshot(lead, kept)
    for name, value in change.items():
        setattr(lead, name, value)
    lead.save(update_fields=list(change))
    data: dict[str, Any] = {"noun": noun, "before": before, "after": snapshot(lead, kept), **(more or {})} | key_of(by)
    if answer:
        data["answer"] = answer.pk
    return Event.objects.create(lead=lead, kind=kind, by=person(by), data=data, text=text)


def person(by: By) -> User | None:
    return by if isinstance(by, User) else None


def key_of(by: By) -> dict[str, int]:
    return {"api_key": by.pk} if isinstance(by, ApiKey) else {}


def refuse_unless_accepted(lead: Lead) -> None:
    if lead.screening != Screening.ACCEPTED:
        raise Conflict(_("This enquiry has not been released. Release it first."))


def refuse_unless_open(lead: Lead) -> None:
    refuse_unless_accepted(lead)
    if not lead.is_open:
        raise Conflict(_("This lead is closed. Move it to another stage first."))
