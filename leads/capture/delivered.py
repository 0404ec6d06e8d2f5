"""Mails as email providers post them, as the bytes that arrived; where a provider gives only the pieces, rebuilt from those."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from leads.capture.rebuilt import header_line, rebuilt

MOST_POSTED = 25_000_000  # bytes; the mail in it may be written out twice
PIECE = 65_536
_FIELD = re.compile(rb'[; ]name="([^"]*)"')


class Post(HttpRequest):
    """What a provider posted, read under the limit for a mail and not the one for a visitor's form."""

    body = b""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__()
        self.META, self.content_type = request.META, request.content_type
        self.body = _all_of(request)
        self.fields: dict[str, bytes] = {}
        self.files = 0
        if self.content_type == "multipart/form-data":
            self._read_parts((request.content_params or {}).get("boundary", "").encode())
        elif self.content_type == "application/x-www-form-urlencoded":
            self._read_pairs()
        self.POST = {name: value.decode("utf-8", "replace") for name, value in self.fields.items()}  # type: ignore[assignment]  # Anymail only looks names up

    def _read_parts(self, boundary: bytes) -> None:
        for part in (b"\r\n" + self.body).split(b"\r\n--" + boundary)[1:]:
            head, _, content = part.partition(b"\r\n\r\n")
            if b"filename=" in head:
                self.files += 1
            elif found := _FIELD.search(head):
                self.fields[found[1].decode("utf-8", "replace")] = content

    def _read_pairs(self) -> None:
        """As bytes: a raw mail need not be text in any one charset."""
        for pair in self.body.replace(b"+", b" ").split(b"&"):
            name, _, value = pair.partition(b"=")
            self.fields[unquote_to_bytes(name).decode("utf-8", "replace")] = unquote_to_bytes(value)

    def told(self) -> dict[str, Any]:
        told = json.loads(self.body)
        if not isinstance(told, dict):
            raise TypeError
        return told


def _all_of(request: HttpRequest) -> bytes:
    read = bytearray()
    while piece := request.read(PIECE):
        read += piece
        if len(read) > MOST_POSTED:
            raise RequestDataTooBig
    return bytes(read)


def _of_postmark(post: Post) -> Iterator[bytes]:
    told = post.told()
    if not (raw := _bytes(told.get("RawEmail"))):
        own = [(header["Name"], str(header["Value"])) for header in told["Headers"]]
        shown = [(name, str(told.get(name) or "")) for name in ("From", "To", "Cc", "Subject")]
        raw = rebuilt([*own, *shown], _text(told.get("TextBody")), _text(told.get("HtmlBody")), len(told.get("Attachments") or ()))
    yield _came_to(told.get("OriginalRecipient"), raw)


def _of_mailgun(post: Post) -> Iterator[bytes]:
    if not (raw := post.fields.get("body-mime")):
        headers = [(str(name), str(value)) for name, value in json.loads(post.POST["message-headers"])]
        raw = rebuilt(headers, _text(post.POST.get("body-plain")), _text(post.POST.get("body-html")), post.files)
    yield _came_to(post.POST.get("recipient"), raw)


def _of_sendgrid(post: Post) -> Iterator[bytes]:
    if not (raw := post.fields.get("email")):
        head = re.sub(r"\r?\n(?=[ \t])", " ", post.POST["headers"])
        headers = [(name, value) for name, colon, value in (line.partition(":") for line in head.splitlines()) if colon]
        raw = rebuilt(headers, _text(post.POST.get("text")), _text(post.POST.get("html")), post.files)
    yield _came_to(json.loads(post.POST.get("envelope") or "{}").get("to"), raw)


def _of_brevo(post: Post) -> Iterator[bytes]:
    for told in post.told()["items"]:
        several = ((name, [values] if isinstance(values, str) else values) for name, values in told["Headers"].items())
        headers = [(name, str(value)) for name, values in several for value in values]
        raw = rebuilt(headers, _text(told.get("RawTextBody")), _text(told.get("RawHtmlBody")), len(told.get("Attachments") or ()))
        yield _came_to(told.get("Recipients"), raw)


def _of_amazon(post: Post) -> Iterator[bytes]:
    """Only what stands in the notification itself: we fetch nothing from anybody's storage."""
    told = json.loads(post.told()["Message"])
    receipt = told["receipt"]
    content = told["content"]
    raw = base64.b64decode(content) if receipt["action"].get("encoding", "").upper() == "BASE64" else _bytes(content)
    yield _came_to(receipt.get("recipients"), raw)


def _bytes(raw: Any) -> bytes:
    return _text(raw).encode("utf-8", "replace")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _came_to(recipients: Any, raw: bytes) -> bytes:
    """Where the provider says that it was delivered to, which the mail itself need not."""
    all_of_them = recipients if isinstance(recipients, list) else [recipients]
    lines = [header_line("X-Original-To", address) + "\r\n" for address in all_of_them[:20] if isinstance(address, str) and address]
    return "".join(lines).encode("ascii", "replace") + raw


MAILS_IN: dict[str, Callable[[Post], Iterator[bytes]]] = {
    "amazon-ses": _of_amazon,
    "brevo": _of_brevo,
    "mailgun": _of_mailgun,
    "postmark": _of_postmark,
    "sendgrid": _of_sendgrid,
}
