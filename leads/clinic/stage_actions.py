"""The stages and the reasons for closing that the clinic works with: named, ordered, and added. A stage's slug and category stay."""

import logging
from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from leads.models import CloseReason, Stage, User
from leads.models.ids import free_slug

M = TypeVar("M", bound=Model)
Wished = Mapping[int, dict[str, Any]]  # by id, in their order: the fields of each

log = logging.getLogger(__name__)


@transaction.atomic
def save_stages(*, by: User, wished: Wished, name: str = "", category: str = "") -> None:
    """`name` and `category`: of a new one, which comes last."""
    stages = Stage.objects.in_use()
    places = _save(stages, wished)
    if name:
        Stage.objects.create(slug=free_slug(Stage.objects.all(), name, "stage"), name=name, category=category, position=places + 1)
    log.info("the stages were saved by %s", by.pk)


@transaction.atomic
def save_reasons(*, by: User, wished: Wished, name: str = "") -> None:
    """`name`: of a new one, which comes last."""
    reasons = CloseReason.objects.all()
    places = _save(reasons, wished)
    if name:
        CloseReason.objects.create(slug=free_slug(reasons, name, "reason"), name=name, position=places + 1)
    log.info("the reasons for closing were saved by %s", by.pk)


def _save(rows: QuerySet[M], wished: Wished) -> int:
    """Places are counted anew; what a colleague has just added comes behind. How many there are."""
    added = [pk for pk in rows.values_list("pk", flat=True) if pk not in wished]
    for position, pk in enumerate([*wished, *added], start=1):
        rows.filter(pk=pk).update(position=position, **wished.get(pk, {}))
    return len(wished) + len(added)
