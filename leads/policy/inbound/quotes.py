"""What somebody wrote, apart from what their mail program put below it. One function, so that a library can take its place.

A line begins the quote when it is one of those that mail programs write: "On …, … wrote:", "-----Original Message-----", a block of
From, Sent, To and Subject. Lines with `>` are quotes wherever they stand, so answers between them stay.
"""

import re

MOST_LINES = 5_000
LONGEST_LINE = 2_000
INTRO_LINES = 3  # "On … wrote:" is broken where it grows long

_INTRO = re.compile(
    r"(?i)(?:on\b.{4,250}\bwrote:|el\b.{4,250}\bescribi[oó]:|am\b.{4,250}\bschrieb\b.{0,150}:|le\b.{4,250}\ba [ée]crit\s?:"
    r"|.{4,250}<[^<>\s@]+@[^<>\s@]+>\s?(?:wrote|escribi[oó]|schrieb|a [ée]crit)\s?:)(?:\s{2,}.*)?"
)
_INTRO_BEGINS = re.compile(r"(?i)(?:on|el|am|le)\b|.*\d{4}")
_RULE = re.compile(
    r"(?i)[-_\s]{2,}+(?:original message|original appointment|forwarded message|mensaje (?:original|reenviado)|forwarded by .{1,80}"
    r"|(?:urspr(?:ü|ue)ngliche|weitergeleitete) nachricht|message (?:d['’]origine|transf[ée]r[ée]))[-_\s]{2,}+"
    r"|begin forwarded message:|anfang der weitergeleiteten nachricht:|inicio del mensaje reenviado:"
    r"|d[ée]but du message r[ée]exp[ée]di[ée]\s?:"
)
_FROM = re.compile(r"(?i)\*?(?:from|von|de)\s?:\*?\s?\S")
_BLOCK = re.compile(
    r"(?i)\*?(?:sent|date|to|cc|subject|gesendet|datum|an|betreff|enviado(?: el)?|fecha|para|asunto|envoy[ée]|[àa]|objet)\s?:\*?"
)
_LINE_ACROSS = re.compile(r"[_\-=]{10,}")


def split_quote(text: str) -> tuple[str, str]:
    """(what they wrote, what they quote)."""
    lines = [line[:LONGEST_LINE].rstrip() for line in text.split("\n", MOST_LINES)[:MOST_LINES]]
    own: list[str] = []
    quoted: list[str] = []
    at, below = 0, False  # below: under a line that begins a quote which no `>` marks
    while at < len(lines):
        length, ends = _intro_at(lines, at) if not below else (0, False)
        if length:
            quoted += lines[at : at + length]
            at, below = at + length, ends
        else:
            (quoted if below or lines[at].startswith(">") else own).append(lines[at])
            at += 1
    return _trimmed(own), _trimmed(quoted)


def _intro_at(lines: list[str], at: int) -> tuple[int, bool]:
    """How many lines here lead a quote in, and whether all that follows is quoted."""
    line = lines[at].strip(" \u200b\ufeff*")
    if _RULE.fullmatch(line) or _header_block(lines, at):
        return 1, True
    if _LINE_ACROSS.fullmatch(line) and _header_block(lines, _next_filled(lines, at + 1)):
        return 1, True
    if line and _INTRO_BEGINS.match(line):
        for length in range(1, INTRO_LINES + 1):
            if _INTRO.fullmatch(" ".join(part.strip() for part in lines[at : at + length])):
                return length, not _marked_below(lines, at + length)
    return 0, False


def _header_block(lines: list[str], at: int) -> bool:
    """From: and, in the next lines, at least two of its companions."""
    if at >= len(lines) or not _FROM.match(lines[at].strip()):
        return False
    following = [line.strip() for line in lines[at + 1 : at + 7] if line.strip()]
    return sum(1 for line in following[:4] if _BLOCK.match(line)) >= 2


def _marked_below(lines: list[str], at: int) -> bool:
    """Whether the quote that begins here has `>` before its lines: then what has none is an answer."""
    filled = _next_filled(lines, at)
    return filled < len(lines) and lines[filled].startswith(">")


def _next_filled(lines: list[str], at: int) -> int:
    for ahead in range(at, min(at + 4, len(lines))):
        if lines[ahead].strip():
            return ahead
    return len(lines)


def _trimmed(lines: list[str]) -> str:
    """No more than one empty line anywhere, and none at the edges."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
