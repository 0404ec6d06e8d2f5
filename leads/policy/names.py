"""Names, as people type them."""

import re
import unicodedata
from functools import lru_cache

LONGEST_NAME = 120
LONGEST_GREETING = 40
_WORD = r"[^\W\d_](?:['’ʼ\-]?[^\W\d_])*\.?"
_OWN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
)  # no accent to leave out
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{0,4}}")


def greeting_name(name: str) -> str:
    """The name if it looks like one (letters, at most 40), else "": strangers can type anything, and it leaves in our mail."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    letters = "".join(letter for letter in name if not unicodedata.combining(letter) and unicodedata.category(letter) != "Mc")
    return name if len(name) <= LONGEST_GREETING and len(name) <= 2 * len(letters) and _NAME.fullmatch(letters) else ""


@lru_cache(maxsize=4096)
def plain_letters(text: str) -> str:
    """Without accents and case, as whoever lacks a name's letters types it: "Łukasz" and "lukasz" are one. Letter by letter, too."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_OWN_LETTERS)
