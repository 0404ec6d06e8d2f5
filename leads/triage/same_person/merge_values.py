"""What a lead is like once another is part of it: of some fields somebody chooses whose is kept, of the rest the more careful one is."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, cast

from django.db.models import Field
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leads.models import Attention, ContactRule, Lead, Stage
from leads.triage.decisions import snapshots
from leads.triage.decisions.outcomes import Fields
from leads.triage.decisions.snapshots import as_json

KEEP, OTHER = "keep", "other"
CHOOSABLE: dict[str, str | Promise] = {
    "name": _("Name"),
    "email": _("Email"),
    "phone": _("Phone"),
    "topic": _("Topic"),
    "reply_by": _("Reply by"),
    "language": _("Language"),
    "time_zone": _("Time zone"),
    "owner_id": _("Assigned to"),
    "stage_id": _("Stage"),
}
WAYS = ("email", "phone")  # to reach them
# What belongs together: put back as one when the leads are parted, or not at all.
WORK = {*snapshots.WORK, "category"}


class Suggestion(NamedTuple):
    side: str
    why: str | Promise


def suggestion(field: str, keep: Lead, other: Lead) -> Suggestion | None:
    """Which of the two is probably right. None where there is nothing to choose."""
    ours, theirs = getattr(keep, field), getattr(other, field)
    if ours == theirs:
        return None
    if field == "stage_id" and keep.is_open != other.is_open:
        return Suggestion(KEEP if keep.is_open else OTHER, _("an open lead stays open"))
    if not ours or not theirs:
        return Suggestion(KEEP if ours else OTHER, _("the only one"))
    if field == "name" and len(ours) != len(theirs):
        return Suggestion(KEEP if len(ours) > len(theirs) else OTHER, _("the fuller one"))
    if field == "stage_id":
        return Suggestion(KEEP if keep.stage.position >= other.stage.position else OTHER, _("the one further along"))
    if field in ("owner_id", "name"):
        return Suggestion(KEEP, _("of the lead that stays"))
    return Suggestion(KEEP if keep.received_at >= other.received_at else OTHER, _("what they said last"))


def is_free(field: str, keep: Lead, other: Lead) -> bool:
    """Whether somebody may choose: nobody who waits is put away by a merge, and nobody loses the only way to reach them."""
    if field in WAYS:
        return bool(getattr(keep, field) and getattr(other, field))
    return field != "stage_id" or keep.is_open == other.is_open


def chosen(keep: Lead, other: Lead, choices: Mapping[str, str]) -> dict[str, Lead]:
    """Whose value of each field is kept."""
    of_side, found = {KEEP: keep, OTHER: other}, {}
    for field in CHOOSABLE:
        suggested = suggestion(field, keep, other)
        side = suggested.side if suggested else KEEP
        found[field] = of_side[choices.get(field, side) if is_free(field, keep, other) else side]
    return found


def merged_fields(keep: Lead, other: Lead, choices: Mapping[str, str]) -> Fields:
    whose, both = chosen(keep, other, choices), (keep, other)
    older = min(both, key=lambda lead: lead.created_at)
    fields: Fields = {field: getattr(lead, field) for field, lead in whose.items()}
    rule = ContactRule.objects.in_use().filter(lead__in=both).first()
    careful = {
        "may_leave_voicemail": whose["phone"].may_leave_voicemail,  # the box belongs to the number
        "no_email": keep.no_email or other.no_email,
        "asked_hours": rule.hours if rule else keep.asked_hours or other.asked_hours,
        "held_at": _earliest(keep.held_at, other.held_at),
        "created_at": older.created_at,
        "source": older.source,
        "received_at": max(keep.received_at, other.received_at),
        "is_example": keep.is_example and other.is_example,
    }
    return fields | _work(keep, other, whose["stage_id"]) | careful


def _work(keep: Lead, other: Lead, staged: Lead) -> Fields:
    """Whoever waits goes on waiting, and not for longer than either was promised."""
    fields: Fields = {"category": staged.category, "close_reason_id": staged.close_reason_id}
    both = [lead for lead in (keep, other) if lead.is_open] or [staged]
    first = min(both, key=lambda lead: (lead.attention != Attention.NEEDS_US, lead.due_at or lead.created_at))
    return fields | {
        "attention": first.attention,
        "snoozed_until": first.snoozed_until,
        "next_action": first.next_action,
        "due_at": first.due_at if first.snoozed_until else _earliest(*(lead.due_at for lead in both)),
        "waiting_since": _earliest(*(lead.waiting_since for lead in both)),
        "read_first": keep.read_first or other.read_first,
    }


def _earliest(*times: datetime | None) -> datetime | None:
    return min((time for time in times if time), default=None)


def kept_values(lead: Lead, names: Iterable[str]) -> dict[str, Any]:
    """As JSON keeps them."""
    return {name: as_json(getattr(lead, name)) for name in names}


def put_back(lead: Lead, before: dict[str, Any], after: dict[str, Any], *, heard: bool) -> None:
    """What nobody changed since; of the work on it all or nothing. `heard`: something came since that it waits for now, though who waits
    already looks no different for that. Saved by the caller.
    """
    now = kept_values(lead, after)
    same = {name for name in after if now[name] == after[name]}
    if heard:
        same -= WORK | {"held_at"}
    elif not same.issuperset(WORK & after.keys()) or not Stage.objects.filter(pk=before["stage_id"]).exists():
        same -= WORK
    for name in same:
        setattr(lead, name, cast("Field[Any, Any]", Lead._meta.get_field(name)).to_python(before[name]))
