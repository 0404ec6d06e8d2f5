"""A row's state as a few codes, ids and times: what an event keeps of a lead or a task, so that its change can be taken back."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Model

from leads.models import Lead, Stage

WORK = ("stage_id", "attention", "snoozed_until", "next_action", "due_at", "waiting_since", "read_first", "close_reason_id")
OWNER = ("owner_id",)
TIMES = {"snoozed_until", "due_at", "waiting_since", "settled_at"}

Snapshot = dict[str, Any]


def snapshot(row: Model, fields: tuple[str, ...]) -> Snapshot:
    return {field.removesuffix("_id"): as_json(getattr(row, field)) for field in fields}


def as_json(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def still(lead: Lead, kept: Snapshot) -> bool:
    """Whether the lead is as `kept` says."""
    return snapshot(lead, _fields_of(kept)) == kept


def thawed(kept: Snapshot, fields: tuple[str, ...]) -> dict[str, Any]:
    """Those of a snapshot's values, as a row has them."""
    return {field: _thawed(field, kept[field.removesuffix("_id")]) for field in fields}


def restore(lead: Lead, kept: Snapshot) -> None:
    """Puts the lead back, and saves it."""
    for field in _fields_of(kept):
        setattr(lead, field, _thawed(field, kept[field.removesuffix("_id")]))
    if "stage" in kept:
        stage = Stage.objects.get(pk=kept["stage"])
        lead.stage_id, lead.category = stage.gone_to_id or stage.pk, stage.category
    lead.save()


def _thawed(field: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if value and field in TIMES else value


def _fields_of(kept: Snapshot) -> tuple[str, ...]:
    """Those that were kept: the release before kept fewer."""
    return tuple(field for field in WORK + OWNER if field.removesuffix("_id") in kept)
