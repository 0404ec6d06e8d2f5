"""The email in the box of a lead's page: only "Send" sends it, and whatever else is pressed never loses it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from django.template import Context

from leads.access import DeskRequest
from leads.followup.compose import template_for
from leads.policy.discreet import disclosing_words

PREHEADER = 100  # characters


@dataclass(frozen=True)
class TypedMail:
    subject: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    @property
    def warned_of(self) -> str:
        return ", ".join(said_outside(self.subject, self.text))

    @classmethod
    def of(cls, request: DeskRequest) -> Self:
        """Each end of a line is one character, as people count; a browser sends two."""
        return cls(request.POST.get("mail_subject", ""), request.POST.get("mail_text", "").replace("\r\n", "\n"))


def said_outside(subject: str, text: str) -> list[str]:
    """Words that would tell a stranger, where a locked phone shows them: in the subject, and where the text begins."""
    return disclosing_words(f"{subject} {text[:PREHEADER]}")


@lru_cache(maxsize=20)
def usual_subject(language: str) -> str:
    """That of our thanks, so that their program shows it as one talk; theirs may say what nobody should read over their shoulder."""
    return "Re: " + template_for("acknowledgement", "subject", language).render(Context()).strip()
