"""The contact page's form: what somebody tells us, and what the page itself sends along."""

from collections.abc import Iterable

from django.http import QueryDict

from leads.capture.forms import PageForm
from leads.capture.page_form import SentByAPage
from leads.policy.typed_text import clean_line
from leads.policy.typo import likely_domain


class ContactForm(SentByAPage, PageForm):
    data: QueryDict

    def __init__(self, data: QueryDict | None = None, *, channels: Iterable[str], message_hint: str = "") -> None:
        super().__init__(_with_chosen_email(data) if data is not None else None, channels=channels)
        if message_hint:
            self.fields["message"].help_text = message_hint

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
