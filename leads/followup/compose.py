"""From a row of the outbox to a letter: catalogue, templates, headers."""

from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from django.template import Context, Engine, Template, TemplateDoesNotExist
from django.utils import timezone, translation

from leads.followup.letter import Letter, one_line
from leads.followup.letterhead import Letterhead
from leads.followup.mails import CATALOGUE, name_of
from leads.models import Message, MessageKind


def compose(message: Message, head: Letterhead) -> Letter:
    """Raises whatever a broken template or row raises; the caller puts that one mail aside."""
    name = name_of(message)
    with translation.override(message.language):
        context = head.words | CATALOGUE[name](message, head)
        subject = _render(name, "subject", message.language, context)
        text = _render(name, "body", message.language, context)
    html = _page().render(Context({"paragraphs": _paragraphs(text), "language": message.language}))
    return Letter(head.address, message.to_address, _headers(message, head, subject, context), text, html)


def _render(name: str, part: str, language: str, context: dict[str, Any]) -> str:
    return template_for(name, part, language).render(Context(context, autoescape=False)).strip() + "\n"


@lru_cache(maxsize=200)
def template_for(name: str, part: str, language: str) -> Template:
    """In the visitor's language, else in English."""
    for file in (f"mail/{name}/{part}.{language}.txt", f"mail/{name}/{part}.txt"):
        try:
            return Engine.get_default().get_template(file)
        except TemplateDoesNotExist:
            continue
    raise TemplateDoesNotExist(f"mail/{name}/{part}.txt")


@lru_cache(maxsize=1)
def _page() -> Template:
    """The HTML part is the text part, set for reading: both always say the same."""
    return Engine.get_default().get_template("mail/page.html")


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]


def _headers(message: Message, head: Letterhead, subject: str, context: dict[str, Any]) -> dict[str, str]:
    headers = {
        "From": head.sender,
        "To": message.to_address,
        "Reply-To": head.address,
        "Subject": one_line(subject),
        "Date": format_datetime(timezone.now()),
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-replied" if message.kind == MessageKind.ACKNOWLEDGEMENT else "auto-generated",
    }
    if stop_url := context.get("stop_url"):
        headers["List-Unsubscribe"] = f"<{stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return headers
