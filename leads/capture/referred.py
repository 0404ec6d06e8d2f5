"""What somebody who refers another person told us, as colleagues read it."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _


def referral_in_words(details: dict[str, Any]) -> str:
    """One fact a line; in the desk's language, whatever theirs is."""
    with translation.override(settings.LANGUAGE_CODE):
        roles = {"clinician": _("their clinician"), "relative": _("family or a friend"), "other": _("somebody else")}
        agreed = _("They agreed that we contact them.") if details["agreed"] else _("They have not agreed that we contact them.")
        facts = [
            _("About %s.") % details["name"],
            _("Written by %s.") % roles[details["role"]] if details["role"] else "",
            agreed,
            details["email"],
            details["phone"],
        ]
    return "\n".join(filter(None, facts))
