"""Text that somebody typed, without what no database takes and no page shows."""

import re

# Control characters, line separators, and halves of surrogate pairs, which no database takes.
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
# What has no width, and what turns the direction of the letters behind it: a line of another script needs neither.
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_NOT_ON_A_LINE = re.compile(f"[{_CONTROL}]")
_NOT_IN_TEXT = re.compile(f"(?![\n\t])[{_CONTROL}]")
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029]")


def clean_line(text: str) -> str:
    """On one line: line ends and other control characters become spaces, runs of spaces one, and what nobody sees goes."""
    return " ".join(_NOT_ON_A_LINE.sub(" ", _UNSEEN.sub("", text)).split())


def clean_text(text: str) -> str:
    """Lines kept, other control characters gone."""
    return _NOT_IN_TEXT.sub("", _LINE_END.sub("\n", text)).strip()
