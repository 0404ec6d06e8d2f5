"""A letter as the bytes that travel: text first, HTML beside it.

Written out by hand because building a mail with the standard library costs more than sending it (docs/benchmarks.md, row 4);
tests read the result back with the standard library's parser.
"""

import binascii
import hashlib
from collections.abc import Mapping
from email.header import Header

from leads.policy.calendar_entry import CalendarEntry

LONGEST_LINE = 900  # RFC 5322 allows 998
FILE = "invite.ics"
AS_FILE = f'; name="{FILE}"\r\nContent-Disposition: attachment; filename="{FILE}"'


def as_bytes(headers: Mapping[str, str], text: str, html: str, entry: CalendarEntry | None = None) -> bytes:
    """Lines end in CRLF. The boundary is made of the parts, so that the same letter makes the same bytes and none holds it.

    A calendar's entry stands there twice: some programs read it beside the text, the others as a file.
    """
    boundary = "=_" + hashlib.sha256(f"{text}\0{html}".encode()).hexdigest()[:32]
    head = [_header(name, value) for name, value in headers.items()] + ["MIME-Version: 1.0", ""]
    parts = [_part("text/plain", text), _part("text/html", html)]
    if entry:
        parts.append(_part("text/calendar", entry.as_text(), f"; method={entry.method}"))
    body = _multipart("alternative", boundary, parts)
    if entry:
        body = _multipart("mixed", f"{boundary}-", [body, _part("application/ics", entry.as_text(), AS_FILE)])
    return "\r\n".join(head).encode("ascii") + body


def one_line(text: str) -> str:
    """What goes into a header: no line break and no control character gets there, whoever typed it."""
    return "".join(filter(str.isprintable, " ".join(text.split())))


def is_plain(text: str) -> bool:
    """Whether it can travel as it is."""
    return text.isascii() and max(map(len, text.splitlines()), default=0) < LONGEST_LINE


def _header(name: str, value: str) -> str:
    line = one_line(value)
    if not line.isascii():
        line = Header(line, "utf-8", header_name=name).encode(linesep="\r\n")
    return f"{name}: {line}"


def _multipart(subtype: str, boundary: str, parts: list[bytes]) -> bytes:
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode()
    edge = f"--{boundary}\r\n".encode()
    return head + b"".join(edge + part for part in parts) + f"--{boundary}--\r\n".encode()


def _part(kind: str, text: str, more: str = "") -> bytes:
    body = "\r\n".join(text.splitlines()) + "\r\n"
    encoding, content = ("7bit", body.encode()) if is_plain(text) else ("quoted-printable", binascii.b2a_qp(body.encode(), istext=True))
    return f"Content-Type: {kind}; charset=utf-8{more}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + content
