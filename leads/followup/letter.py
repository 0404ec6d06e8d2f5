"""One mail, ready to leave: what mails.py writes, and what an outlet hands over."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives


@dataclass(frozen=True)
class Letter:
    sender: str  # the bare address
    recipient: str
    headers: Mapping[str, str]  # all of them but those that MIME needs
    text: str
    html: str

    def as_django(self) -> EmailMultiAlternatives:
        """For a provider's backend."""
        own = {name: value for name, value in self.headers.items() if name not in ("Subject", "From", "To", "Reply-To")}
        mail = EmailMultiAlternatives(
            self.headers["Subject"], self.text, self.headers["From"], [self.recipient], headers=own, reply_to=[self.headers["Reply-To"]]
        )
        mail.attach_alternative(self.html, "text/html")
        return mail


def one_line(text: str) -> str:
    """What goes into a header: no line break and no control character gets there, whoever typed it."""
    return "".join(filter(str.isprintable, " ".join(text.split())))
