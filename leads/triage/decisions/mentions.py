"""Colleagues named in a note: "@Bob" tells Bob, by his first name where only one has it, or by his full name."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leads.access import Right, may
from leads.models import Event, User
from leads.triage.decisions.recording import Conflict
from leads.triage.words.staff import colleagues, people


def mentioned_in(text: str) -> list[User]:
    """Each once. An "@" before anything but a name of the team is no mention; one of somebody who can't read it is refused."""
    if "@" not in text:
        return []
    named = _by_name(people().values())
    found = {user.pk: user for name in _names_in(text, named) for user in [_the_one(name, named[name.casefold()])]}
    return list(found.values())


def mentionable(by: User) -> list[str]:
    """The full names that tell a colleague, for the box to offer."""
    named = _by_name(people().values())
    return [user.name for user in colleagues() if user.pk != by.pk and user.name and len(_able(named[user.name.casefold()])) == 1]


def marked(note: Event) -> str:
    """Its text, and safe where anything in it is marked: the names of those who were told, and of nobody else."""
    text, told = note.text or "", set(note.data.get("mentioned", ())) - {note.by_id}
    if not told:
        return text
    named = _by_name(people().values())
    parts = _pattern(named).split(text)  # every second one is a name
    return format_html_join("", "{}", ((_part(part, told if number % 2 else (), named),) for number, part in enumerate(parts)))


def _part(part: str, told: Collection[int], named: dict[str, list[User]]) -> SafeString | str:
    """As it stands between two names, or a name with its "@"."""
    if any(user.pk in told for user in named.get(part.removeprefix("@").casefold(), ())):
        return format_html('<span class="mention">{}</span>', part)
    return part


def _by_name(users: Iterable[User]) -> dict[str, list[User]]:
    named: dict[str, list[User]] = defaultdict(list)
    for user in users:
        for name in {user.name.casefold(), *user.name.casefold().split()[:1]} - {""}:
            named[name].append(user)
    return named


def _names_in(text: str, names: Iterable[str]) -> list[str]:
    return [name.removeprefix("@") for name in _pattern(names).findall(text)]


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """The longest name that fits: "@Ann Lee" is Ann Lee, whoever else is called Ann."""
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(@(?:{longest_first}))(?!\w)" if longest_first else r"(?!)()", re.IGNORECASE)


def _the_one(name: str, called: list[User]) -> User:
    able = _able(called)
    if not able:
        raise Conflict(_("%s doesn’t work on leads, so nobody would read this. Leave out the @.") % name)
    if len(able) > 1:
        raise Conflict(_("Several colleagues are called %s. Write the full name after the @.") % name)
    return able[0]


def _able(called: list[User]) -> list[User]:
    return [user for user in called if may(user, Right.WORK_LEADS)]
