"""The email in the box of a lead's page: only "Send" sends it, and whatever else is pressed never loses it."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

from django.template import Context
from django.utils.translation import gettext_lazy

from leads.access import DeskRequest
from leads.followup.answers import signature_of
from leads.followup.compose import template_for
from leads.models import Draft, User
from leads.policy.discreet import said_outside

NO_FILES = gettext_lazy("Files can’t be attached yet: write what matters into the email, or hand them over when you meet.")


@dataclass(frozen=True)
class TypedMail:
    subject: str = ""
    text: str = ""
    signature: str = ""  # below it

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    @property
    def said_outside(self) -> list[str]:
        return said_outside(self.subject, f"{self.text}\n\n{self.signature}")

    @property
    def warned_of(self) -> str:
        return ", ".join(self.said_outside)

    def with_template(self, subject: str, text: str, usual: str) -> Self:
        """Nothing typed is overwritten: the text goes below what stands there, for what is too much is deleted with a few keys, and what
        is gone is gone; a subject that somebody chose stays.
        """
        own = self.subject.strip()
        return replace(
            self,
            subject=self.subject if own and own != usual else subject,
            text="\n\n".join(filter(None, (self.text.rstrip(), text))),
        )

    @classmethod
    def of(cls, request: DeskRequest) -> Self:
        """Each end of a line is one character, as people count; a browser sends two."""
        typed = request.POST.get("mail_text", "").replace("\r\n", "\n")
        return cls(request.POST.get("mail_subject", ""), typed, signature_of(request.user))

    @classmethod
    def kept(cls, draft: Draft, user: User) -> Self:
        """As it stood in the box when it was kept by itself."""
        return cls(draft.subject or "", draft.text or "", signature_of(user))


@lru_cache(maxsize=20)
def usual_subject(language: str) -> str:
    """That of our thanks, so that their program shows it as one talk; theirs may say what nobody should read over their shoulder."""
    return "Re: " + template_for("acknowledgement", "subject", language).render(Context()).strip()
