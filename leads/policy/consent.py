"""What a person agreed to. Each enquiry keeps the version it was given under; a wording is never changed, only followed by a new one."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Consent:
    reply: str | Promise
    followup: str | Promise
    followups: int  # how many mails `followup` speaks of


VERSIONS = {
    "1": Consent(
        reply=_("You can use these details to reply to me."),
        followup=_("Send me up to 3 follow-up emails. I can stop any time."),
        followups=3,
    ),
}
CURRENT = "1"


def followups_allowed(version: str) -> int:
    """Never more mails than the wording of that version said; none for a version we don't know."""
    return VERSIONS[version].followups if version in VERSIONS else 0
