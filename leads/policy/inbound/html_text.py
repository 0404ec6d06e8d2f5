"""The words of an HTML mail, with `>` before what it quotes. No HTML is ever kept or shown.

Not the standard library's HTMLParser: 60 kB of `<a ` keep it busy for half a minute, and anybody can send us that. One expression that
never looks back reads any text once.
"""

import re
from html import unescape

_TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)([^<>]*+)>|<![^<>]*+>|<|[^<]+")
_QUOTING = re.compile(r"""(?i)(?:class|id|type)\s*=\s*["']?[^"'>]{0,80}?(?:gmail_quote|yahoo_quoted|protonmail_quote|\bcite\b)""")
_NO_LETTER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,}+;?")  # Python refuses to read a number of that many digits
SILENT = {"script", "style", "head", "title"}
BREAKS = {"br", "p", "div", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "hr", "pre"}
NESTS = {"blockquote", "div"}


def text_of(html: str) -> str:
    page = _Page()
    for token in _TOKEN.finditer(_NO_LETTER.sub("", _without_comments(html))):
        closing, name, attributes = token[1], (token[2] or "").lower(), (token[3] or "")[:500]
        if name:
            page.tag(name, attributes, closing=bool(closing))
        elif not token[0].startswith("<!"):
            page.words(unescape(token[0]))
    return page.text()


def _without_comments(html: str) -> str:
    kept, at = [], 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start)) >= 0:
        kept.append(html[at:start])
        at = end + 3
    return "".join(kept) + html[at:]


class _Page:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._open: list[bool] = []  # of each blockquote and div that is open: does it quote?
        self._depth = 0
        self._silent = ""

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if self._silent:
            self._silent = "" if closing and name == self._silent else self._silent
            return
        if name in SILENT:
            self._silent = "" if closing else name
        if name in BREAKS:
            self._end_line(wanted=name == "br" or (name == "p" and closing))
        if name == "hr":
            self._lines.append("_" * 32)
        if name in NESTS:
            self._leave() if closing else self._enter(name == "blockquote" or bool(_QUOTING.search(attributes)))

    def words(self, text: str) -> None:
        if not self._silent:
            self._line.append(text)

    def text(self) -> str:
        self._end_line(wanted=False)
        return "\n".join(self._lines)

    def _enter(self, quotes: bool) -> None:
        self._open.append(quotes)
        self._depth += quotes

    def _leave(self) -> None:
        if self._open:
            self._depth -= self._open.pop()

    def _end_line(self, *, wanted: bool) -> None:
        words = " ".join("".join(self._line).split())
        self._line.clear()
        if words or wanted:
            self._lines.append(("> " if self._depth else "") + words)
