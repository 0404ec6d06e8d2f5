"""One mail, ready to leave: what compose.py writes, and what an outlet hands over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.mime.text import MIMEText
from html import escape

from django.core.mail import EmailMultiAlternatives

from leads.followup.frame import Frame, Values, filled
from leads.followup.mime import FILE, as_bytes
from leads.followup.splice import spliced
from leads.policy.calendar_entry import CalendarEntry


@dataclass(frozen=True)
class Letter:
    sender: str  # the bare address
    recipient: str
    own_headers: Mapping[str, str]  # To, Date, Message-ID
    frame: Frame
    values: Values = field(default_factory=dict)
    entry: CalendarEntry | None = None

    @property
    def message_id(self) -> str:
        return self.own_headers["Message-ID"]

    @property
    def headers(self) -> dict[str, str]:
        """All of them but those that MIME needs."""
        return {**self.own_headers, **{name: filled(value, self.values) for name, value in self.frame.headers.items()}}

    @property
    def text(self) -> str:
        return filled(self.frame.text, self.values)

    @property
    def html(self) -> str:
        return filled(self.frame.html, {name: escape(value) for name, value in self.values.items()})

    def as_bytes(self) -> bytes:
        """As it travels."""
        at_once = None if self.entry else spliced(self.own_headers, self.frame, self.values)
        return at_once or as_bytes(self.headers, self.text, self.html, self.entry)

    def as_django(self) -> EmailMultiAlternatives:
        """For a provider's backend."""
        headers = self.headers
        own = {name: value for name, value in headers.items() if name not in ("Subject", "From", "To", "Reply-To")}
        mail = EmailMultiAlternatives(
            headers["Subject"], self.text, headers["From"], [self.recipient], headers=own, reply_to=[headers["Reply-To"]]
        )
        mail.attach_alternative(self.html, "text/html")
        if self.entry:
            mail.attach(_file(self.entry))
        return mail


def _file(entry: CalendarEntry) -> MIMEText:
    """Providers take no third alternative; their mail programs find the method in the file's type."""
    file = MIMEText(entry.as_text(), "calendar", "utf-8")
    file.set_param("method", entry.method)
    file.add_header("Content-Disposition", "attachment", filename=FILE)
    return file
