"""The rows that hang on a lead, moved to the lead it becomes part of, and back. Found by asking the models, so that none is forgotten.

A row is moved by UPDATE: what is sealed in it is bound to the row, not to the lead, and a worker that holds a mail goes on holding it.
"""

from typing import Any

from django.db.models import Exists, ForeignObjectRel, Model, OuterRef, Q, UniqueConstraint

from leads.models import Lead

# What is about the lead that is merged, and about no other.
STAYS = frozenset(
    {
        "leads.presence.lead",  # who has its page open, for half a minute
        "leads.callturn.lead",  # whose turn it is to call, for ten minutes
        "leads.merge.other",  # what became of it
        "leads.notsame.lead",  # whom it is not: alike.py looks through the merged ones, too
        "leads.notsame.other",
    }
)
Moved = dict[str, list[Any]]


def relations() -> dict[str, ForeignObjectRel]:
    """Every foreign key to a lead, by `app.model.field`."""
    found = [rel for rel in Lead._meta.get_fields(include_hidden=True) if isinstance(rel, ForeignObjectRel) and _is_key(rel)]
    return {f"{rel.related_model._meta.label_lower}.{rel.field.name}": rel for rel in found}


def _is_key(rel: ForeignObjectRel) -> bool:
    return bool(rel.one_to_many or rel.one_to_one)


def move(other: Lead, keep: Lead) -> Moved:
    """Which rows moved. One that `keep` has already (the same tag, a value of the same field, the same plan) stays where it is."""
    moved: Moved = {}
    for label, rel in relations().items():
        if label in STAYS:
            continue
        rows, name = rel.related_model._base_manager, rel.field.name
        ids = list(rows.filter(**{name: other}).exclude(_had_already(rel, keep)).values_list("pk", flat=True))
        if ids:
            rows.filter(pk__in=ids).update(**{name: keep})
            moved[label] = [pk if isinstance(pk, int) else str(pk) for pk in ids]
    return moved


def move_back(moved: Moved, keep: Lead, other: Lead) -> None:
    """Those that are still there: what was moved on, or deleted, stays so."""
    for label, rel in relations().items():
        if label in moved:
            name = rel.field.name
            rel.related_model._base_manager.filter(pk__in=moved[label], **{name: keep}).update(**{name: other})


def _had_already(rel: ForeignObjectRel, keep: Lead) -> Q:
    """A lead may have one of these only, and `keep` has it."""
    model, name = rel.related_model, rel.field.name
    had = Q(pk__in=[])
    if rel.one_to_one:
        had |= Q(Exists(model._base_manager.filter(**{name: keep})))
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and name in constraint.fields:
            had |= _clash(model, constraint, name, keep)
    return had


def _clash(model: type[Model], constraint: UniqueConstraint, name: str, keep: Lead) -> Q:
    rest = {field: OuterRef(field) for field in constraint.fields if field != name}
    held = constraint.condition or Q()
    return held & Q(Exists(model._base_manager.filter(held, **{name: keep}, **rest)))
