"""Two leads of one person become one, and for thirty days two again (docs/decisions/0023-a-merged-lead-stays-behind.md)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.followup.contact import address_joined, address_parted
from leads.models import UNMERGE_WITHIN, Event, EventKind, Lead, Merge, NotSame, Screening, User
from leads.policy.identity import first_word, identity_key
from leads.triage.decisions.outcomes import Fields
from leads.triage.decisions.recording import Conflict, refuse_unless_accepted
from leads.triage.details.lead_details import save_as_the_only
from leads.triage.same_person import merge_followup, merge_rows, merge_values
from leads.triage.same_person.merge_arrivals import bring_along, heard_since
from leads.triage.words.booking_words import THINGS

IDENTITY = ("name", "email", "phone")  # a lead's key is made of these


@transaction.atomic
def merge(*, by: User, keep: Lead, other: Lead, choices: Mapping[str, str], confirmed: bool = False) -> Merge:
    """`other` becomes part of `keep`: everything that hangs on it moves, and its references lead here. `choices`: {field: keep or other};
    of the rest the usual. `confirmed`: though their names differ.
    """
    lock_both(keep, other)
    _refuse(keep, other, confirmed)
    fields = merge_values.merged_fields(keep, other, choices)
    kept = Merge(lead=keep, other=other, by=by)
    event = Event.objects.create(lead=keep, kind=EventKind.MERGED, by=by, data=_data(kept, other))
    merge_followup.settle(keep, other, event, by)
    kept.moved = merge_rows.move(other, keep)
    event.data["moved"] = {label: len(ids) for label, ids in kept.moved.items()}
    event.save(update_fields=["data"])
    addresses = {keep.email, other.email}
    before, keys = merge_values.kept_values(keep, fields), (keep.identity_key, other.identity_key)
    _become_one(keep, other, fields)
    after = merge_values.kept_values(keep, fields)
    kept.values = json.dumps({"kept": keep.pk, "keys": keys, "before": before, "after": after})
    kept.save()
    for address in sorted(addresses - {keep.email, ""}):
        address_joined(lead=keep, old=address)
    return kept


@transaction.atomic
def unmerge(*, by: User, lead: Lead) -> Lead:
    """Takes the newest merge back: what moved goes back, and what has come since from the other's address goes with it. The other lead."""
    kept = standing_merge(lead, timezone.now())
    if kept is None:
        raise Conflict(_("There is nothing to part. Two leads can be parted for thirty days."))
    other = kept.other
    lock_both(lead, other, merged=True)
    if not Merge.objects.filter(pk=kept.pk, lead=lead, undone_at=None).update(undone_at=timezone.now(), undone_by=by):
        raise Conflict(_("A colleague has parted them already."))
    address = lead.email
    other.screening, other.merged_into = Screening.ACCEPTED, None
    other.save(update_fields=["screening", "merged_into"])
    merge_rows.move_back(kept.moved, lead, other)
    bring_along(kept, lead, other)
    _become_two(lead, other, json.loads(kept.values), heard=heard_since(kept, lead))
    if address != other.email:
        address_parted(lead=other, old=address)
    for each, apart in ((lead, other), (other, lead)):
        Event.objects.create(lead=each, kind=EventKind.UNMERGED, by=by, data=_data(kept, apart))
    merge_followup.resume(lead, other, str(kept.pk), by)
    return other


def standing_merge(lead: Lead, now: datetime) -> Merge | None:
    """The newest that can be taken back."""
    recent = lead.merges.filter(undone_at=None, at__gt=now - UNMERGE_WITHIN).select_related("other", "other__stage")
    return recent.order_by("-at", "-id").first()


def lock_both(lead: Lead, other: Lead, *, merged: bool = False) -> None:
    """In the order of their keys, so that nobody waits for one while holding the other. `merged`: whether `other` is part of `lead`."""
    if lead.pk == other.pk:
        raise Conflict(_("That is this lead itself."))
    rows = Lead.objects.filter(pk__in=[lead.pk, other.pk]).order_by("pk").select_for_update(no_key=True)
    into = {row.pk: row.merged_into_id for row in rows}
    if into != {lead.pk: None, other.pk: lead.pk if merged else None}:
        raise Conflict(_("A colleague has just merged or parted one of them. Look again."))
    lead.refresh_from_db()
    other.refresh_from_db()


def names_differ(lead: Lead, other: Lead) -> bool:
    return first_word(lead.name) != first_word(other.name)


def _refuse(keep: Lead, other: Lead, confirmed: bool) -> None:
    refuse_unless_accepted(keep)
    refuse_unless_accepted(other)
    if NotSame.objects.filter(lead=keep, other=other).exists():
        raise Conflict(_("Somebody here said that these are two people. Take that back first."))
    if names_differ(keep, other) and not confirmed:
        raise Conflict(_("Their names differ: people who live together may share an address. Tick that they are one person."))
    theirs = {(each.kind, each.starts_at) for each in other.bookings.upcoming(timezone.now())}
    for each in keep.bookings.upcoming(timezone.now()):
        if (each.kind, each.starts_at) in theirs:
            raise Conflict(_("Both have %(thing)s booked at the same time. Cancel one of them first.") % {"thing": THINGS[each.kind]})


def _become_one(keep: Lead, other: Lead, fields: Fields) -> None:
    """Both keys by which they are known lead to `keep`: its own, and through the row that stays behind the other's."""
    known_by, own, theirs = _known_by(keep), keep.identity_key, other.identity_key
    for name, value in fields.items():
        setattr(keep, name, value)
    if _known_by(keep) != known_by:
        keep.identity_key = identity_key(*_known_by(keep)) or None
    other.screening, other.merged_into, other.identity_key = Screening.MERGED, keep, None
    other.save(update_fields=["screening", "merged_into", "identity_key"])
    save_as_the_only(keep)
    other.identity_key = own if keep.identity_key == theirs else theirs
    other.save(update_fields=["identity_key"])


def _become_two(lead: Lead, other: Lead, values: dict[str, Any], *, heard: bool) -> None:
    if values["kept"] == lead.pk:  # else it was merged on, into a lead that has its own
        merge_values.put_back(lead, values["before"], values["after"], heard=heard)
        if _known_by(lead) == tuple(values["before"][name] for name in IDENTITY):
            lead.identity_key = values["keys"][0]
    other.identity_key = values["keys"][1]
    Lead.objects.filter(pk__in=[lead.pk, other.pk]).update(identity_key=None)
    for each in (other, lead):
        save_as_the_only(each)


def _known_by(lead: Lead) -> tuple[str, str, str]:
    return lead.name, lead.email, lead.phone


def _data(kept: Merge, other: Lead) -> dict[str, object]:
    return {"merge": str(kept.pk), "lead": other.pk, "reference": other.reference}
