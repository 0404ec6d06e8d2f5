"""The editor of a sequence: its draft in words, what stands against publishing it, and when its mails would leave."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from leads.followup.drafts import edited, mark
from leads.followup.proofreading import Finding, findings
from leads.models import Sequence, Step, Version
from leads.policy.languages import language_name
from leads.triage.decisions.outcomes import Calendar
from leads.triage.sequences.editor_forms import PlanForm
from leads.triage.sequences.followups_page import under_way
from leads.triage.sequences.simulator import SimulatorForm, planned, subject_of
from leads.triage.words import sequence_words as words
from leads.triage.words.times import Moment


@dataclass(frozen=True)
class Mail:
    position: int
    when: str
    subject: str
    languages: str
    findings: list[str]
    is_first: bool
    is_last: bool

    @classmethod
    def all_of(cls, version: Version, found: list[Finding]) -> list["Mail"]:
        steps = list(version.steps.prefetch_related("texts"))
        return [cls._of(step, found, number == 0, number == len(steps) - 1) for number, step in enumerate(steps)]

    @classmethod
    def _of(cls, step: Step, found: list[Finding], is_first: bool, is_last: bool) -> "Mail":
        codes = {text.language for text in step.texts.all()}
        languages = ", ".join(language for code, language in settings.LANGUAGES if code in codes)
        return cls(
            position=step.position,
            when=words.waits(step, first=is_first),
            subject=subject_of(step),
            languages=languages,
            findings=[_with_language(each) for each in found if each.position == step.position],
            is_first=is_first,
            is_last=is_last,
        )


def _with_language(finding: Finding) -> str:
    return f"{language_name(finding.language)}: {finding.sentence}" if finding.language else finding.sentence


def sequence_and_version(slug: str) -> tuple[Sequence, Version]:
    sequence = get_object_or_404(Sequence, slug=slug)
    version = edited(sequence)
    if version is None:
        raise Http404
    return sequence, version


def editor_page(sequence: Sequence, version: Version, form: PlanForm | None = None, query: QueryDict | None = None) -> dict[str, Any]:
    calendar, found = Calendar.today(), findings(version)
    simulator = SimulatorForm(query, calendar) if query and "at" in query else SimulatorForm.of_friday_at_four(calendar)
    return {
        "sequence": sequence,
        "version": version,
        "is_draft": version.published_at is None,
        "seen": mark(version),
        "changed": last_change(version, calendar),
        "begins": words.begins(sequence),
        "windows": words.windows(version.windows),
        "mails": Mail.all_of(version, found),
        "findings": [each.sentence for each in found if not each.position],
        "is_ready": not found,
        "keeping": _keeping(sequence),
        "form": form or PlanForm(version=version),
        "simulator": simulator,
        "planned": planned(simulator, version, calendar) if simulator.is_valid() else [],
        "stops": words.STOPS,
    }


def last_change(version: Version, calendar: Calendar) -> Moment | None:
    at = version.published_at or version.changed_at
    return calendar.since(at) if at else None


def who_was_quicker(version: Version, instead: str) -> str:
    """Who was quicker, and what to do about it."""
    calendar = Calendar.today()
    moment, by = last_change(version, calendar), version.published_by if version.published_at else version.changed_by
    about = {"who": str(by or _("Somebody")), "when": moment.text if moment else _("just now"), "instead": instead}
    if version.published_at:
        return _("%(who)s published this %(when)s, after you opened it. %(instead)s") % about
    return _("%(who)s changed this %(when)s, after you opened it. %(instead)s") % about


def _keeping(sequence: Sequence) -> list[str]:
    """Who is under way, in whichever version."""
    return words.elsewhere(None, sequence.versions.all(), under_way().get(sequence.pk, {}))
