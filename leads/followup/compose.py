"""From a row of the outbox to a letter: catalogue, templates, headers."""

from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from django.template import Context, Engine, Template, TemplateDoesNotExist
from django.utils import timezone, translation

from leads.followup import answers
from leads.followup.booking_letters import entry_of
from leads.followup.frame import Frame, mark
from leads.followup.html_part import as_html
from leads.followup.letter import Letter
from leads.followup.letterhead import Letterhead
from leads.followup.mails import CATALOGUE, name_of
from leads.followup.mime import one_line
from leads.followup.reply_address import reply_address
from leads.models import Message, MessageKind

PERSONAL = (
    *("greeting_name", "reference", "promise_day", "promise_time", "booking_day", "booking_time"),
    *("stop_url", "sign_in_url", "own_page_url", "reply_to"),
)


def compose(message: Message, head: Letterhead) -> Letter:
    """Raises whatever a broken template or row raises; the caller puts that one mail aside."""
    if message.kind == MessageKind.ANSWER:
        return answers.letter(message, head)
    name = name_of(message)
    context = head.words | CATALOGUE[name](message, head) | reply_address(message)
    values = {key: str(context[key]) for key in PERSONAL if context.get(key)}
    marked = context | {key: mark(key) for key in values}
    own = {"To": message.to_address, "Date": format_datetime(timezone.now()), "Message-ID": message.message_id}
    automatic = "auto-replied" if message.kind == MessageKind.ACKNOWLEDGEMENT else "auto-generated"
    frame = _frame(name, message.language, automatic, head.sender, head.address, tuple(marked.items()))
    return Letter(head.address, message.to_address, own, frame, values, entry_of(message, head))


@lru_cache(maxsize=100)
def _frame(name: str, language: str, automatic: str, sender: str, address: str, words: tuple[tuple[str, Any], ...]) -> Frame:
    """Rendered once for all who are told the same: rendering is dear, and a backlog is many alike."""
    context = dict(words)
    with translation.override(language):
        subject, text = (_render(name, part, language, context) for part in ("subject", "body"))
    headers = {"From": sender, "Reply-To": context.get("reply_to", address), "Subject": one_line(subject), "Auto-Submitted": automatic}
    if stop_url := context.get("stop_url"):
        headers["List-Unsubscribe"] = f"<{stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return Frame(headers, text, as_html(text, language))


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
