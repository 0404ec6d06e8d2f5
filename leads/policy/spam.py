"""What a text itself says about being junk. Few and blunt signs: somebody in distress who writes oddly must never meet one."""

import re
from collections import Counter

MANY_LINKS = 3
REPEATED_LINES = 5
REPEATED_WORDS = 100
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_MARKUP = re.compile(r"\[url\b|<a\s+href|\[link=", re.IGNORECASE)


def content_suspicions(text: str, name: str) -> list[str]:
    """Codes for the screening; none for what a person plausibly writes, however short, loud or often repeated."""
    signs = {
        "link_in_name": bool(_LINK.search(name)),
        "many_links": len(_LINK.findall(text)) >= MANY_LINKS,
        "link_markup": bool(_MARKUP.search(text)),
        "repetition": _is_repetition(text),
    }
    return [code for code, found in signs.items() if found]


def _is_repetition(text: str) -> bool:
    """The same long line again and again, or a wall of hardly more than one word: pasted by a machine, not typed."""
    lines = [line for line in map(str.strip, text.splitlines()) if len(line) > 40]
    words = text.split()
    return (len(lines) >= REPEATED_LINES and _most(lines) >= REPEATED_LINES) or (
        len(words) >= REPEATED_WORDS and _most(words) > len(words) * 0.9
    )


def _most(things: list[str]) -> int:
    """How often the most frequent one is there."""
    return max(Counter(things).values())
