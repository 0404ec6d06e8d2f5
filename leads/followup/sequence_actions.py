"""Whom a sequence takes in, and in which turn: it holds at once, for whoever writes from now on. Each verb is atomic."""

import logging
from typing import Any

from django.db import transaction

from leads.followup.draft_actions import NEW, SequenceChanged, change_plan
from leads.followup.drafts import mark, mark_of_rules
from leads.followup.plan_actions import make_draft
from leads.models import Sequence, User
from leads.models.ids import free_slug

log = logging.getLogger(__name__)


@transaction.atomic
def create_sequence(*, by: User, after: str = "", **rules: Any) -> Sequence:
    """With a draft of one mail that says nothing yet: nobody gets it before it is published. For the rest, see change_rules."""
    others = _all_held()
    sequence = Sequence.objects.create(slug=free_slug(Sequence.objects.all(), rules["name"], "sequence"), **rules)
    _place(sequence, others, after)
    draft = make_draft(sequence=sequence, by=by)
    change_plan(sequence=sequence, seen=mark(draft), windows={}, order=[NEW], by=by)
    log.info("sequence %s was made by %s", sequence.pk, by.pk)
    return sequence


@transaction.atomic
def change_rules(*, sequence: Sequence, seen: str, by: User, after: str = "", **rules: Any) -> None:
    """Of: name, starts, topics, languages, channels. `after`: the slug of the sequence that is asked just before this one whether it
    takes somebody in; empty where this is the first.
    """
    others = _all_held()
    held = next((each for each in others if each.pk == sequence.pk), None)
    if held is None or mark_of_rules(held) != seen:
        raise SequenceChanged
    for name, value in rules.items():
        setattr(held, name, value)
    held.save(update_fields=list(rules))
    _place(held, [each for each in others if each.pk != held.pk], after)
    log.info("the rules of sequence %s were changed by %s", sequence.pk, by.pk)


def _all_held() -> list[Sequence]:
    """In their turns. Whoever makes or moves one waits for the other."""
    return list(Sequence.objects.select_for_update())


def _place(sequence: Sequence, others: list[Sequence], after: str) -> None:
    at = next((number for number, each in enumerate(others, start=1) if each.slug == after), 0)
    turns = [*others[:at], sequence, *others[at:]]
    for turn, each in enumerate(turns):
        each.position = turn
    Sequence.objects.bulk_update(turns, ["position"])
