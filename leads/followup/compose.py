"""From a row of the outbox to a letter: catalogue, templates, headers."""

from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from django.template import Context, Engine, Template, TemplateDoesNotExist
from django.utils import timezone, translation
from django.utils.html import escape

from leads.followup.letter import Letter, one_line
from leads.followup.letterhead import Letterhead
from leads.followup.mails import CATALOGUE, name_of
from leads.models import Message, MessageKind

MARKS = {"greeting_name": "\ue001", "reference": "\ue002"}  # personal words; no template holds letters of private use


def compose(message: Message, head: Letterhead) -> Letter:
    """Raises whatever a broken template or row raises; the caller puts that one mail aside."""
    name = name_of(message)
    with translation.override(message.language):
        context = head.words | CATALOGUE[name](message, head)
        subject, text, html = _filled(_frame(name, message.language, tuple(_marked(context).items())), context)
    return Letter(head.address, message.to_address, _headers(message, head, subject, context), text, html)


Frame = tuple[str, str, str]  # subject, text, HTML, with a mark wherever a personal word goes


def _marked(context: dict[str, Any]) -> dict[str, Any]:
    return context | {name: mark for name, mark in MARKS.items() if context.get(name)}


@lru_cache(maxsize=100)
def _frame(name: str, language: str, words: tuple[tuple[str, Any], ...]) -> Frame:
    """Rendered once for all whose mail says the same but for the personal words: rendering is dear, and a backlog is many alike."""
    context = dict(words)
    subject = _render(name, "subject", language, context)
    text = _render(name, "body", language, context)
    return subject, text, _page().render(Context({"paragraphs": _paragraphs(text), "language": language}))


def _filled(frame: Frame, context: dict[str, Any]) -> Frame:
    subject, text, html = frame
    for name, mark in MARKS.items():
        word = str(context.get(name, ""))
        subject, text, html = subject.replace(mark, word), text.replace(mark, word), html.replace(mark, escape(word))
    return subject, text, html


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
