"""Every way in which a draft is written. Each verb is atomic, names what its author had seen, and never touches a published version."""

import logging
from collections.abc import Mapping
from collections.abc import Sequence as Ordered
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from leads.followup.drafts import edited, mark
from leads.followup.plan_actions import make_draft, publish
from leads.models import Message, Sequence, Step, StepText, Unit, User, Version

log = logging.getLogger(__name__)

Texts = Mapping[str, tuple[str, str]]  # by language: subject and body
NEW = 0  # in an order of steps
ASIDE = 1000  # far from the positions in use, while steps change places


class SequenceChanged(Exception):
    """Somebody changed meanwhile what this was made from. Nothing was saved."""


@transaction.atomic
def change_plan(*, sequence: Sequence, seen: str, windows: dict[str, Any], order: Ordered[int], by: User) -> Version:
    """When mail may leave, and in which order: the steps' positions as they were, NEW for one more. A step that is not named goes."""
    draft = _held(sequence, seen, 0, by)
    draft.windows = windows
    draft.save(update_fields=["windows"])
    _arrange(draft, order)
    return draft


@transaction.atomic
def change_step(*, sequence: Sequence, position: int, seen: str, wait: int, unit: str, texts: Texts, by: User) -> Version:
    """When one mail leaves and what it says. A language that says nothing has no text."""
    draft = _held(sequence, seen, position, by)
    step = draft.steps.filter(position=position).first()
    if step is None:
        raise SequenceChanged
    step.wait, step.unit = wait, Unit(unit)
    step.save(update_fields=["wait", "unit"])
    for language, (subject, body) in texts.items():
        if subject or body:
            StepText.objects.update_or_create(step=step, language=language, defaults={"subject": subject, "body": body})
        else:
            _drop(StepText.objects.filter(step=step, language=language))
    return draft


@transaction.atomic
def publish_draft(*, sequence: Sequence, seen: str, by: User) -> Version:
    """Exactly what was looked at, or nothing. NotReady where something stands against it."""
    return publish(version=_draft(sequence, seen), by=by)


@transaction.atomic
def discard_draft(*, sequence: Sequence, seen: str, by: User) -> None:
    """A sequence of which nothing was ever published goes with it: it is nobody's."""
    draft = _draft(sequence, seen)
    _drop(StepText.objects.filter(step__version=draft))
    draft.delete()
    log.info("the draft of sequence %s was discarded by %s", sequence.pk, by.pk)
    if not sequence.versions.exists():
        sequence.delete()


def _held(sequence: Sequence, seen: str, position: int, by: User) -> Version:
    """The draft, made now where there is none, and ours until the transaction ends."""
    pk = make_draft(sequence=sequence, by=by).pk
    draft = Version.objects.select_for_update().filter(pk=pk, published_at=None).first()
    if draft is None or mark(draft, position) != seen:
        raise SequenceChanged
    draft.changed_at, draft.changed_by = timezone.now(), by
    draft.save(update_fields=["changed_at", "changed_by"])
    return draft


def _draft(sequence: Sequence, seen: str) -> Version:
    """The draft there is. The sequence is held first, as whoever changes a draft does."""
    Sequence.objects.select_for_update().filter(pk=sequence.pk).first()
    draft = edited(sequence)
    if draft is None or draft.published_at or mark(draft) != seen:
        raise SequenceChanged
    return draft


def _arrange(draft: Version, order: Ordered[int]) -> None:
    """Positions are unique at any moment, so all step aside first."""
    steps = {step.position: step for step in draft.steps.all()}
    for position in steps.keys() - set(order):
        step = steps.pop(position)
        _drop(step.texts.all())
        step.delete()
    for step in steps.values():
        Step.objects.filter(pk=step.pk).update(position=ASIDE + step.position)
    for position, before in enumerate(order, start=1):
        if before == NEW:
            Step.objects.create(version=draft, position=position, wait=2 if position > 1 else 1)
        else:
            Step.objects.filter(pk=steps[before].pk).update(position=position)


def _drop(texts: QuerySet[StepText]) -> None:
    """A test mail may be about one of them: it is taken back where it is still here."""
    tests = Message.objects.filter(text__in=texts)
    tests.take_back("undone")
    tests.update(text=None)
    texts.delete()
