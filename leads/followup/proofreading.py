"""What stands against publishing a version, as sentences for whoever wrote it. Publishing asks it; an editor may ask before."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leads.followup.variables import unknown, without_fallback
from leads.models import Sequence, Starts, Step, StepText, Unit, Version
from leads.policy.consent import CURRENT, followups_allowed
from leads.policy.discreet import disclosing_words
from leads.policy.hours import parse_week
from leads.policy.languages import language_name

LONGEST_SUBJECT = 60
LONGEST_WAIT = {Unit.MINUTES: 60 * 24, Unit.HOURS: 24 * 60, Unit.DAYS: 365, Unit.WORKING_DAYS: 250}


@dataclass(frozen=True)
class Finding:
    """What stands against a version, a mail of it, or that mail in one language."""

    sentence: str
    position: int = 0
    language: str = ""

    def __str__(self) -> str:
        """As it is said far from what it is about."""
        if not self.position:
            return self.sentence
        where = {"number": self.position, "language": language_name(self.language), "finding": self.sentence}
        return _("Mail %(number)d, %(language)s: %(finding)s") % where if self.language else _("Mail %(number)d: %(finding)s") % where


def findings(version: Version) -> list[Finding]:
    """Each once; nothing where it may be published."""
    steps = list(version.steps.prefetch_related("texts"))
    found = [*_of_version(version, steps), *(finding for step in steps for finding in _of_step(step))]
    return list(dict.fromkeys(found))


def _of_version(version: Version, steps: list[Step]) -> Iterator[Finding]:
    if not steps:
        yield Finding(_("There is no mail in it yet."))
    if _starts_by_itself(version.sequence) and len(steps) > (allowed := followups_allowed(CURRENT)):
        yield Finding(_("People agree to %d follow-up emails at most.") % allowed)
    try:
        parse_week(version.windows)
    except (ValueError, TypeError, AttributeError):
        yield Finding(_("The sending times are not times of day."))


def _starts_by_itself(sequence: Sequence) -> bool:
    return sequence.starts == Starts.BY_ITSELF


def _of_step(step: Step) -> Iterator[Finding]:
    if not 1 <= step.wait <= LONGEST_WAIT[Unit(step.unit)]:
        yield Finding(_("Choose another wait."), step.position)
    texts = list(step.texts.all())
    if not any(text.language == "en" for text in texts):
        yield Finding(_("The English text is missing."), step.position, "en")
    for text in texts:
        for sentence in _of_text(text):
            yield Finding(sentence, step.position, text.language)


def _of_text(text: StepText) -> Iterator[str]:
    both = f"{text.subject}\n{text.body}"
    if not text.subject.strip() or not text.body.strip():
        yield _("It has no subject or no text.")
    if len(text.subject) > LONGEST_SUBJECT:
        yield _("The subject is longer than %d characters.") % LONGEST_SUBJECT
    if not text.subject.isprintable():
        yield _("The subject must be on one line.")
    if words := disclosing_words(both):
        yield _("These words tell what somebody is treated for: %s.") % ", ".join(words)
    yield from about_variables(both)


def about_variables(text: str) -> Iterator[str]:
    if names := unknown(text):
        yield _("There is no such variable: %s.") % ", ".join(names)
    if names := without_fallback(text):
        yield _("These can be empty and need a word instead, like {{ name|you }}: %s.") % ", ".join(names)
