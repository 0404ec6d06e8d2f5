"""Colleagues named in a note: "@Bob" tells Bob, by his first name where only one has it, or by his full name, accents and case aside."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leads.access import Right, may
from leads.models import Event, User
from leads.policy.names import plain_letters
from leads.triage.decisions.recording import Conflict
from leads.triage.words.staff import colleagues, people

Named = dict[str, list[User]]  # by what may stand after the "@", in plain letters


def mentioned_in(text: str) -> list[User]:
    """Each once. An "@" before anything but a name of the team is no mention; one of somebody who can't read it is refused."""
    if not _has_sign(text):
        return []
    named = _by_name(people().values())
    found = {user.pk: user for start, end in _places(text, named) for user in [_the_one(text[start + 1 : end], named)]}
    return list(found.values())


def mentionable(by: User) -> list[str]:
    """The full names that tell a colleague, for the box to offer."""
    named = _by_name(people().values())
    return [user.name for user in colleagues() if user.pk != by.pk and user.name and len(_able(_called(user.name, named))) == 1]


def marked(note: Event) -> str:
    """Its text, and safe where anything in it is marked: the names of those who were told, and of nobody else."""
    text, told = note.text or "", set(note.data.get("mentioned", ())) - {note.by_id}
    if not told:
        return text
    return format_html_join("", "{}", ((part,) for part in _parts(text, told, _by_name(people().values()))))


def _parts(text: str, told: set[int], named: Named) -> Iterator[SafeString | str]:
    """As they stand, one behind the other."""
    done = 0
    for start, end in _places(text, named):
        if any(user.pk in told for user in named[plain_letters(text[start + 1 : end])]):
            yield text[done:start]
            yield format_html('<span class="mention">{}</span>', text[start:end])
            done = end
    yield text[done:]


def _by_name(users: Iterable[User]) -> Named:
    named: Named = defaultdict(list)
    for user in users:
        plain = plain_letters(user.name)
        for name in {plain, *plain.split()[:1]} - {""}:
            named[name].append(user)
    return named


def _has_sign(text: str) -> bool:
    return "@" in text or "＠" in text


def _places(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where in the text an "@" with a name begins and ends. Looked for in plain letters, of which one typed may make none or two."""
    letters = [(plain, place) for place, typed in enumerate(text) for plain in plain_letters(typed)]
    for found in _pattern(names).finditer("".join(plain for plain, _place in letters)):
        end = letters[found.end()][1] if found.end() < len(letters) else len(text)
        yield letters[found.start()][1], end


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """The longest name that fits: "@Ann Lee" is Ann Lee, whoever else is called Ann."""
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w.])@(?:{longest_first})(?!\w)" if longest_first else r"(?!)")


def _called(name: str, named: Named) -> list[User]:
    """Of those whose names differ by their accents alone, the ones that are written just so; all of them where none is."""
    like = named.get(plain_letters(name), [])
    return [user for user in like if _just_so(name) in (_just_so(user.name), *_just_so(user.name).split()[:1])] or like


def _just_so(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _the_one(name: str, named: Named) -> User:
    able = _able(_called(name, named))
    if not able:
        raise Conflict(_("%s doesn’t work on leads, so nobody would read this. Leave out the @.") % name)
    if len(able) > 1:
        raise Conflict(_("Several colleagues are called %s. Write the full name after the @.") % name)
    return able[0]


def _able(called: list[User]) -> list[User]:
    return [user for user in called if may(user, Right.WORK_LEADS)]
