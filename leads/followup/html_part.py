"""The HTML part is the text part, set for reading: both always say the same."""

import re
from functools import lru_cache
from html import escape

from django.template import Context, Engine

SCHEMES = "light dark"  # whose colours a mail has: templates/mail/page.html says so in its head
LINK = re.compile(r"https?://\S+")


def as_html(text: str, language: str) -> str:
    """Paragraphs, line breaks and links: nothing else that a mail of ours needs."""
    top, bottom = _frame(language)
    paragraphs = (f"<p>{_set(paragraph)}</p>" for paragraph in text.strip().split("\n\n"))
    return top + "\n".join(paragraphs) + bottom


def _set(paragraph: str) -> str:
    lines = escape(paragraph.strip()).replace("\n", "<br>\n")
    return LINK.sub(r'<a href="\g<0>">\g<0></a>', lines)


@lru_cache(maxsize=20)
def _frame(language: str) -> tuple[str, str]:
    """What templates/mail/page.html has above and below the text."""
    page = Engine.get_default().get_template("mail/page.html").render(Context({"language": language, "text": "\0"}))
    top, _, bottom = page.partition("\0")
    return top, bottom
