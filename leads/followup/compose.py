"""From a row of the outbox to a letter: catalogue, templates, headers."""

from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from django.template import Context, Engine, Template, TemplateDoesNotExist
from django.utils import timezone, translation

from leads.followup.letter import Letter, one_line
from leads.followup.letterhead import Letterhead
from leads.followup.mails import CATALOGUE, name_of
from leads.followup.page import as_html
from leads.models import Message, MessageKind

# What differs from person to person. In a frame a letter of private use, which no template holds, stands for each.
MARKS = {"greeting_name": "\ue001", "reference": "\ue002", "stop_url": "\ue003", "sign_in_url": "\ue004"}


def compose(message: Message, head: Letterhead) -> Letter:
    """Raises whatever a broken template or row raises; the caller puts that one mail aside."""
    name = name_of(message)
    with translation.override(message.language):
        context = head.words | CATALOGUE[name](message, head)
        subject, text = (_filled(part, context) for part in _frame(name, message.language, tuple(_marked(context).items())))
    headers = _headers(message, head, subject, context)
    return Letter(head.address, message.to_address, headers, text, as_html(text, message.language))


def _marked(context: dict[str, Any]) -> dict[str, Any]:
    return context | {name: mark for name, mark in MARKS.items() if context.get(name)}


@lru_cache(maxsize=100)
def _frame(name: str, language: str, words: tuple[tuple[str, Any], ...]) -> tuple[str, str]:
    """Subject and text, rendered once for all who are told the same: rendering is dear, and a backlog is many alike."""
    context = dict(words)
    return _render(name, "subject", language, context), _render(name, "body", language, context)


def _filled(part: str, context: dict[str, Any]) -> str:
    for name, mark in MARKS.items():
        part = part.replace(mark, str(context.get(name, "")))
    return part


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
