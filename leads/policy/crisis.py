"""Whether a message holds words of the reviewed list (crisis_phrases.txt). It raises priority; it never blocks and never judges."""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from pathlib import Path

LIST = Path(__file__).with_name("crisis_phrases.txt")
GAP = r"(?:\w+ ){0,2}"
# Accents, apostrophes and what can't be seen (zero-width letters, soft hyphens, direction marks) are left out.
_LEFT_OUT = [
    *range(0x300, 0x370),
    *map(ord, "'’‘ʼ`"),
    0xAD,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2065),
    0xFEFF,
]
_LETTERS = str.maketrans("01345@$", "oieasas") | dict.fromkeys(_LEFT_OUT)
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_DOUBLED = re.compile(r"(\w)\1+")
_SPELLED_OUT = re.compile(r"\b(?:\w ){2,}\w\b")  # s u i c i d e


def mentions_crisis(text: str) -> bool:
    """Takes time in proportion to the text, whatever it holds."""
    plain = _same_words(_plain(text))
    found = _pattern("english", "spanish").search
    return bool(found(plain) and found(_pattern("no crisis").sub("|", plain)))


def _plain(text: str) -> str:
    """Lower-case words without accents, apostrophes, punctuation or doubled letters, one space between them."""
    # NFKD would make a space of an acute accent typed as an apostrophe.
    letters = unicodedata.normalize("NFKD", text.replace("´", "'")).casefold().translate(_LETTERS)
    text = _DOUBLED.sub(lambda match: match[1], _BETWEEN_WORDS.sub(" ", letters))
    return _SPELLED_OUT.sub(lambda match: match[0].replace(" ", ""), text)


def _same_words(plain: str) -> str:
    words = _replacements()
    return _written_otherwise().sub(lambda match: words[match[0]], plain)


@lru_cache(maxsize=1)
def _written_otherwise() -> re.Pattern[str]:
    return _one_of(tuple(rf"{written}\b" for written in _replacements()))


@lru_cache(maxsize=1)
def _replacements() -> dict[str, str]:
    pairs = (line.split(" = ") for line in phrases()["same words"])
    return {_plain(written): _plain(read) for written, read in pairs}


@lru_cache(maxsize=1)
def phrases() -> dict[str, list[str]]:
    """{section: its lines} of the reviewed list."""
    sections: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, LIST.read_text(encoding="utf-8").splitlines())):
        if line.startswith("["):
            lines = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            lines.append(line)
    return sections


@lru_cache(maxsize=8)
def _pattern(*sections: str) -> re.Pattern[str]:
    return _one_of(tuple(_expression(phrase) for section in sections for phrase in phrases()[section]))


def _expression(phrase: str) -> str:
    words = []
    for word in phrase.split():
        words.append(GAP if word == "~" else _plain(word.rstrip("*")) + (r"\w* " if word.endswith("*") else " "))
    return "".join(words).removesuffix(" ") + ("" if phrase.endswith("*") else r"\b")


@lru_cache(maxsize=8)
def _one_of(expressions: tuple[str, ...]) -> re.Pattern[str]:
    """Grouped by first letter, so that a word is held against the few phrases that could begin with it. Longest first."""
    by_letter = groupby(sorted(set(expressions), key=lambda text: (text[0], -len(text))), key=lambda text: text[0])
    return re.compile(r"\b(?:" + "|".join(f"(?:{'|'.join(group)})" for _, group in by_letter) + ")")
