"""Colleagues named in a note: "@Bob" tells Bob, by his first name where only one has it, or by his full name."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from leads.access import Right, may
from leads.models import User
from leads.triage.recording import Conflict
from leads.triage.staff import people


def mentioned_in(text: str) -> list[User]:
    """Each once. An "@" before anything but a name of the team is no mention; one of somebody who can't read it is refused."""
    if "@" not in text:
        return []
    named = _by_name(people().values())
    found = {user.pk: user for name in _names_in(text, named) for user in [_the_one(name, named[name.casefold()])]}
    return list(found.values())


def _by_name(users: Iterable[User]) -> dict[str, list[User]]:
    named: dict[str, list[User]] = defaultdict(list)
    for user in users:
        for name in {user.name.casefold(), *user.name.casefold().split()[:1]} - {""}:
            named[name].append(user)
    return named


def _names_in(text: str, names: Iterable[str]) -> list[str]:
    """The longest name that fits: "@Ann Lee" is Ann Lee, whoever else is called Ann."""
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.findall(rf"(?<![\w.])@({longest_first})(?!\w)", text, re.IGNORECASE) if longest_first else []


def _the_one(name: str, called: list[User]) -> User:
    able = [user for user in called if may(user, Right.WORK_LEADS)]
    if not able:
        raise Conflict(_("%s doesn’t work on leads, so nobody would read this. Leave out the @.") % name)
    if len(able) > 1:
        raise Conflict(_("Several colleagues are called %s. Write the full name after the @.") % name)
    return able[0]
