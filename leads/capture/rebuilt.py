"""A mail put together again from what a provider took it apart into."""

import base64
import re
from collections.abc import Iterable

from leads.policy.inbound.parsing import MOST_PARTS
from leads.policy.inbound.reading import LONGEST_HTML, LONGEST_TEXT

EDGE = "=_apart"  # no base64 begins a line like that
_NAME = re.compile(r"(?!content-|mime-)[!-9;-~]{1,100}", re.IGNORECASE)
_NOT_ASCII = re.compile(r"[^\0-\x7f]+")


def rebuilt(headers: Iterable[tuple[str, str]], text: str, html: str, attachments: int) -> bytes:
    """What was attached is only counted: an empty part stands for each."""
    lines = [header_line(name, value) for name, value in headers if _NAME.fullmatch(name)]
    lines += ["MIME-Version: 1.0", f'Content-Type: multipart/mixed; boundary="{EDGE}"', ""]
    for subtype, content in (("plain", text[:LONGEST_TEXT]), ("html", html[:LONGEST_HTML])):
        if content:
            encoded = base64.encodebytes(content.encode("utf-8", "replace")).decode()
            lines += [f"--{EDGE}", f"Content-Type: text/{subtype}; charset=utf-8", "Content-Transfer-Encoding: base64", "", encoded]
    lines += [f"--{EDGE}", "Content-Type: application/octet-stream", "", ""] * min(attachments, MOST_PARTS)
    return "\r\n".join([*lines, f"--{EDGE}--", ""]).encode("ascii", "replace")


def header_line(name: str, value: str) -> str:
    """On one line. Only what is not ASCII is encoded, so that an address beside it can still be read."""
    return f"{name}: {_NOT_ASCII.sub(lambda found: _word(found[0]), ' '.join(value.split()))}"


def _word(text: str) -> str:
    return f"=?utf-8?b?{base64.b64encode(text.encode('utf-8', 'replace')).decode()}?="
