"""One mail of a draft: its form, with what the proofreader says beside the text it is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise

from leads.followup.proofreading import findings
from leads.followup.variables import KNOWN, as_typed
from leads.models import Sequence, StepText, Version
from leads.triage.sequences.editor_forms import StepForm
from leads.triage.words.sequence_words import VARIABLES


@dataclass(frozen=True)
class Column:
    code: str
    language: str
    subject: forms.BoundField
    body: forms.BoundField
    findings: list[str]
    theirs: StepText | None  # what somebody else saved meanwhile


@dataclass(frozen=True)
class Variable:
    meaning: str | Promise
    texts: list[tuple[str, str]]  # by language: as it stands in a text

    @classmethod
    def all(cls) -> list["Variable"]:
        return [cls(VARIABLES[name], [(code, as_typed(name, code)) for code, _language in settings.LANGUAGES]) for name in KNOWN]

    @property
    def text(self) -> str:
        return self.texts[0][1]


def step_page(
    sequence: Sequence, version: Version, position: int, form: StepForm | None = None, *, changed: bool = False
) -> dict[str, Any]:
    """The findings are about what is saved, and so not about a form that was not accepted."""
    found = [] if form else [finding for finding in findings(version) if finding.position == position]
    form = form or StepForm(version=version, position=position)
    by_language = {language: [each.sentence for each in found if each.language == language] for language, _name in settings.LANGUAGES}
    return {
        "sequence": sequence,
        "position": position,
        "positions": [step.position for step in version.steps.all()],
        "form": form,
        "columns": list(_columns(form, by_language, _texts(version, position) if changed else {})),
        "findings": [each.sentence for each in found if not each.language],
        "variables": Variable.all(),
    }


def _columns(form: StepForm, found: dict[str, list[str]], theirs: dict[str, StepText]) -> Iterator[Column]:
    for code, language, subject, body in form.columns():
        yield Column(code, language, subject, body, found[code], theirs.get(code))


def _texts(version: Version, position: int) -> dict[str, StepText]:
    return {text.language: text for text in StepText.objects.filter(step__version=version, step__position=position)}
