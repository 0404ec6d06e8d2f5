"""A letter as the bytes that travel: text first, HTML beside it.

Written out by hand because building a mail with the standard library costs more than sending it (performance.md, row 4);
tests read the result back with the standard library's parser.
"""

import binascii
import re
from email.header import Header

from leads.followup.letter import Letter, one_line

LONGEST_LINE = 900  # RFC 5322 allows 998


def as_bytes(letter: Letter) -> bytes:
    """Lines end in CRLF. The boundary comes from the Message-ID, so the same letter makes the same bytes."""
    boundary = "=_" + re.sub(r"\W", "", letter.headers["Message-ID"].partition("@")[0])
    head = [_header(name, value) for name, value in letter.headers.items()]
    head += ["MIME-Version: 1.0", f'Content-Type: multipart/alternative; boundary="{boundary}"', "", ""]
    edge = f"--{boundary}\r\n".encode()
    parts = edge + _part("plain", letter.text) + edge + _part("html", letter.html)
    return "\r\n".join(head).encode("ascii") + parts + f"--{boundary}--\r\n".encode()


def _header(name: str, value: str) -> str:
    line = one_line(value)
    if not line.isascii():
        line = Header(line, "utf-8", header_name=name).encode(linesep="\r\n")
    return f"{name}: {line}"


def _part(subtype: str, text: str) -> bytes:
    body = "\r\n".join(text.splitlines()) + "\r\n"
    plain = body.isascii() and max(map(len, body.split("\r\n"))) < LONGEST_LINE
    encoding = "7bit" if plain else "quoted-printable"
    content = body.encode("ascii") if plain else binascii.b2a_qp(body.encode(), istext=True)
    return f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + content
