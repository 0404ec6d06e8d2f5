"""The page around a mail's preview: what stands in their inbox list, the frames, and the plain text."""

from typing import Any

from django.conf import settings

from leads.followup import rehearsal
from leads.followup.html_part import SCHEMES
from leads.followup.letter import Letter
from leads.models import Clinic, Sequence, Step

FIRST_WORDS = 90  # letters that a list of mails shows at most


def preview_page(sequence: Sequence, step: Step, language: str) -> dict[str, Any]:
    letter = rehearsal.letter(step, language)
    written = {text.language for text in step.texts.all()}
    return {
        "sequence": sequence,
        "position": step.position,
        "spoken": language,
        "languages": settings.LANGUAGES,
        "speaks": dict(settings.LANGUAGES)[language],
        "falls_back": language not in written,
        "letter": letter,
        "sender": Clinic.current().sender_name,
        "subject": letter.headers["Subject"] if letter else "",
        "first_words": _first_words(letter) if letter else "",
    }


def _first_words(letter: Letter) -> str:
    words = " ".join(letter.text.split())
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"


def in_scheme(html: str, scheme: str) -> str:
    """The mail in the colours that it takes on in a light or a dark program; the browser would ask the desk's own otherwise."""
    return html.replace(SCHEMES, scheme, 1) if scheme in SCHEMES.split() else html
