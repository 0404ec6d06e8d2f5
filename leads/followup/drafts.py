"""What is being written of a sequence: its draft or, as long as nobody changed anything, its newest version.

A mark says what somebody had before them when they began to type. A save whose mark is no longer true would go over somebody else's.
"""

import json
from hashlib import sha256
from typing import Any

from leads.models import Sequence, Step, Version


def edited(sequence: Sequence) -> Version | None:
    """What the editor shows. The first change makes a draft of it."""
    return sequence.versions.select_related("sequence", "changed_by", "published_by").order_by("-number").first()


def published(sequence: Sequence) -> Version | None:
    """What whoever joins now gets."""
    return sequence.versions.filter(published_at__isnull=False).order_by("-number").first()


def mark(version: Version, position: int = 0) -> str:
    """Of all that the version says, or of one mail. The same for a published version and the draft that is made of it."""
    steps = version.steps.prefetch_related("texts")
    if position:
        said: Any = [_said(step) for step in steps if step.position == position]
    else:
        said = [version.windows, [_said(step) for step in steps]]
    return f"{draft_number(version)}-{_digest(said)}"


def draft_number(version: Version) -> int:
    """Of the draft that this is, or would become."""
    return version.number if version.published_at is None else version.number + 1


def mark_of_rules(sequence: Sequence) -> str:
    """Of whom it takes in."""
    return _digest([sequence.name, sequence.starts, sequence.position, sequence.topics, sequence.languages, sequence.channels])


def _said(step: Step) -> list[Any]:
    return [step.position, step.wait, step.unit, sorted([text.language, text.subject, text.body] for text in step.texts.all())]


def _digest(said: Any) -> str:
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]
