"""Where mail leaves, as EMAIL_URL says."""

from typing import Protocol

from django.core.mail import get_connection
from django.core.mail.backends import smtp

from leads.followup import eml
from leads.followup.eml import EmlOutlet
from leads.followup.letter import Letter
from leads.followup.outcome import Outcome
from leads.followup.provider import ProviderOutlet
from leads.followup.smtp import SmtpOutlet
from leads.followup.waiting import Line


class Outlet(Protocol):
    many: bool  # whether several at once are quicker

    def open(self) -> None:
        """Raises Unreachable where no mail at all can leave."""

    def send(self, letter: Letter) -> Outcome | Line:
        """Hands one letter over, or begins to: then the line is to be heard. What can go wrong is in the outcome."""

    def close(self) -> None: ...


def new_outlet() -> Outlet:
    backend = get_connection()
    if isinstance(backend, smtp.EmailBackend):
        return SmtpOutlet()
    return EmlOutlet() if isinstance(backend, eml.EmailBackend) else ProviderOutlet()
