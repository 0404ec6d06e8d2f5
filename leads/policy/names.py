"""Names, as people type them."""

import re
import unicodedata

LONGEST_NAME = 120
LONGEST_GREETING = 40
_WORD = r"[^\W\d_](?:['’ʼ\-]?[^\W\d_])*\.?"
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{0,4}}")


def greeting_name(name: str) -> str:
    """The name if it looks like one (letters, at most 40), else "": strangers can type anything, and it leaves in our mail."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    letters = "".join(letter for letter in name if not unicodedata.combining(letter) and unicodedata.category(letter) != "Mc")
    return name if len(name) <= LONGEST_GREETING and len(name) <= 2 * len(letters) and _NAME.fullmatch(letters) else ""
