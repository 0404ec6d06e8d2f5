"""From bytes to an InboundMail. Takes time in proportion to the bytes, and answers whatever they are."""

from email.message import Message

from leads.policy.inbound.automatic import is_automatic
from leads.policy.inbound.headers import LONGEST_SUBJECT, answered_ids, header, ids_in, in_charset, sender_of, tokens_of
from leads.policy.inbound.html_text import text_of
from leads.policy.inbound.mail import Failure, InboundMail, Kind
from leads.policy.inbound.parsing import parse, parts_of
from leads.policy.inbound.quotes import split_quote
from leads.policy.inbound.reports import report_in

LONGEST_TEXT = 100_000
LONGEST_HTML = 500_000


def read_mail(raw: bytes) -> InboundMail:
    message = parse(raw)
    parts = parts_of(message)
    report = report_in(parts)
    kind, failure, answers = _sorted(message) if report is None else (report.kind, report.failure, report.about)
    text, quoted = split_quote(_text(parts))
    name, address = sender_of(message)
    ids = ids_in(header(message, "Message-ID"))
    return InboundMail(
        kind=kind,
        message_id=ids[0] if ids else "",
        answers=answers,
        tokens=tokens_of(message),
        from_address=address,
        from_name=name,
        subject=header(message, "Subject")[:LONGEST_SUBJECT],
        text=text,
        quoted=quoted,
        attachments=sum(1 for part in parts if _is_attachment(part)),
        failure=failure,
    )


def _sorted(message: Message) -> tuple[Kind, Failure | None, tuple[str, ...]]:
    return Kind.AUTO_REPLY if is_automatic(message) else Kind.REPLY, None, answered_ids(message)


def _text(parts: list[Message]) -> str:
    """The first plain text, else the first HTML as text; those that are attached stay where they are."""
    shown = [part for part in parts if not _is_attachment(part)]
    for subtype, limit in (("plain", LONGEST_TEXT), ("html", LONGEST_HTML)):
        for part in shown:
            if _type(part) == f"text/{subtype}" and (content := _content(part)[:limit]).strip():
                return _printable(text_of(content) if subtype == "html" else content)[:LONGEST_TEXT]
    return ""


def _is_attachment(part: Message) -> bool:
    """Also a picture within the text, which nobody here gets to see."""
    if part.is_multipart() or part.get_content_maintype() == "message":
        return False
    return not _type(part).startswith("text/") or header(part, "Content-Disposition").lower().startswith("attachment")


def _type(part: Message) -> str:
    """One that says it holds parts, and holds none, is text: it was cut off, or somebody wrote it by hand."""
    return "text/plain" if part.get_content_maintype() == "multipart" else part.get_content_type()


def _content(part: Message) -> str:
    """What does not keep to its encoding is read as far as it does."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError):
        return ""
    return in_charset(content, _charset(part)) if isinstance(content, bytes) else ""


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset("utf-8")
    except (LookupError, ValueError):
        return "utf-8"


def _printable(text: str) -> str:
    """One kind of line end, and no control character; a database takes no NUL."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(letter if letter.isprintable() or letter in "\t\u00a0" else " " for letter in line) for line in lines)
