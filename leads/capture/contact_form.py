"""The contact page's form: what somebody tells us, and what the page itself sends along."""

from collections.abc import Iterable
from functools import cached_property

from django.http import QueryDict

from leads.capture import token
from leads.capture.fields import clean_line
from leads.capture.forms import PageForm
from leads.policy.typo import likely_domain

HUMAN_PAUSE = 3  # seconds; nobody reads and fills in the page in less


class ContactForm(PageForm):
    data: QueryDict

    def __init__(self, data: QueryDict | None = None, *, channels: Iterable[str]) -> None:
        super().__init__(_with_chosen_email(data) if data is not None else None, channels=channels)

    def sent(self, name: str) -> str:
        """A field of the page's own, as it came."""
        return str(self.data.get(name, ""))

    @cached_property
    def form_token(self) -> token.FormToken | None:
        return token.read(self.sent("token"))

    @property
    def has_run_out(self) -> bool:
        """Sent with a token that is too old or not ours: the page asks once to send it again."""
        return bool(self.sent("token")) and self.form_token is None and not self.sent("asked_again")

    @property
    def meant_email(self) -> str | None:
        """The address that was probably meant; offered once."""
        if not self.is_bound or self.sent("email_offered") or "email" in self.errors:
            return None
        email = self.cleaned_data.get("email", "")
        return _mended(email) if email else None

    @property
    def is_ready(self) -> bool:
        return self.is_valid() and not self.has_run_out and self.meant_email is None

    @property
    def suspicions(self) -> list[str]:
        """Codes. They send the enquiry to Check; nothing is refused for them."""
        signs = {
            "honeypot": bool(self.sent("website")),
            "no_token": not self.sent("token"),
            "bad_token": bool(self.sent("token")) and self.form_token is None,
            "too_fast": self.form_token is not None and not self.form_token.renewed and self.form_token.age < HUMAN_PAUSE,
        }
        return [code for code, found in signs.items() if found]

    def token_for_page(self) -> str:
        """The one it came with, so that the same form sent twice stays one enquiry; else a new one."""
        return self.sent("token") if self.form_token else token.issue(renewed=self.is_bound)


def _with_chosen_email(data: QueryDict) -> QueryDict:
    """Changed where the visitor took the address we offered."""
    mended = _mended(clean_line(str(data.get("email", ""))))
    if data.get("email_choice") != "change" or mended is None:
        return data
    data = data.copy()
    data["email"] = mended
    return data


def _mended(email: str) -> str | None:
    domain = likely_domain(email)
    return f"{email.rpartition('@')[0]}@{domain}" if domain else None
