"""Headers as text: decoded, on one line, and of a length that can be kept."""

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr

LONGEST_SUBJECT = 300
LONGEST_ADDRESS = 254
MOST_IDS = 50
NOT_FOR_TEXT = ("punycode", "idna")  # for names of hosts; a mail of 1 MB in the first keeps Python busy for hours
_ID = re.compile(r"<[^<>\s]{1,250}>")
_ADDRESS = re.compile(r"[\w.!#$%&'*/=?^{|}~-]{1,64}(?:\+([\w.-]{1,64}))?@[\w.-]{1,190}")
RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "X-Envelope-To", "Envelope-To", "X-Forwarded-To")


def header(part: Message, name: str) -> str:
    """ "" where there is none. Unprintable characters become spaces."""
    value = str(part.get(name, ""))[:2000]
    return " ".join("".join(letter if letter.isprintable() else " " for letter in _decoded(value)).split())


def _decoded(value: str) -> str:
    if "=?" not in value:
        return value
    try:
        return "".join(_text(word, charset) for word, charset in decode_header(value))
    except (HeaderParseError, ValueError):
        return value


def _text(word: str | bytes, charset: str | None) -> str:
    return word if isinstance(word, str) else in_charset(word, charset or "latin-1")


def in_charset(content: bytes, charset: str) -> str:
    """What can't be read shows as a mark; a charset that nobody knows is read as the two that are most common."""
    try:
        if codecs.lookup(charset).name not in NOT_FOR_TEXT:
            return content.decode(charset, "replace")
    except (LookupError, ValueError):
        pass
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def ids_in(text: str) -> tuple[str, ...]:
    return tuple(_ID.findall(text)[-MOST_IDS:])


def answered_ids(part: Message) -> tuple[str, ...]:
    """In-Reply-To, then References from the newest to the oldest."""
    references = [match for value in part.get_all("References", []) for match in ids_in(str(value))]
    return tuple(dict.fromkeys([*ids_in(header(part, "In-Reply-To")), *reversed(references)]))


def sender_of(part: Message) -> tuple[str, str]:
    """Name and address; ("", "") where there is none that could be one."""
    try:
        name, address = parseaddr(header(part, "From"))
    except (ValueError, IndexError):
        return "", ""
    return (name[:120], address) if _ADDRESS.fullmatch(address) and len(address) <= LONGEST_ADDRESS else (name[:120], "")


def tokens_of(part: Message) -> tuple[str, ...]:
    """What stands behind the plus; some servers write addresses in lower case, so it is read that way."""
    values = [str(value)[:2000] for name in RECIPIENTS for value in part.get_all(name, [])[:20]]
    found = [match[1].lower() for value in values for match in _ADDRESS.finditer(value) if match[1]]
    return tuple(dict.fromkeys(found))


def addresses_in(text: str) -> list[str]:
    return [match[0].lower() for match in _ADDRESS.finditer(text[:2000])]
