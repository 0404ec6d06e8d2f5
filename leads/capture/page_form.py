"""What a page of ours sends along with what somebody typed: its token, and a field that people don't see."""

from functools import cached_property

from django import forms

from leads.capture import token

HUMAN_PAUSE = 3  # seconds; nobody reads and fills in the page in less


class SentByAPage(forms.Form):
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
