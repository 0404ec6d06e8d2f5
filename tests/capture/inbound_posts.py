"""One mail, as each provider posts it: whole, or in the pieces that it took it apart into."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from email import message_from_bytes
from typing import Any

from django.test.client import BOUNDARY, MULTIPART_CONTENT

KEY = "mailgun-signing-key"
JSON = "application/json"
URLENCODED = "application/x-www-form-urlencoded"

Posted = tuple[str, bytes, str, dict[str, str]]  # provider, body, content type, headers
Make = Callable[[bytes], Posted]


def as_form(fields: dict[str, bytes], files: int = 0) -> bytes:
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value for name, value in fields.items()]
    named = 'Content-Disposition: form-data; name="attachment{0}"; filename="{0}.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF'
    parts += [named.format(number).encode() for number in range(1, files + 1)]
    edge = f"--{BOUNDARY}".encode()
    return b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n"


def pieces(raw: bytes) -> tuple[list[tuple[str, str]], str]:
    """(headers, text) of a mail with one part."""
    letter = message_from_bytes(raw)
    return [(name, str(value)) for name, value in letter.items()], bytes(letter.get_payload(decode=True)).decode()


def postmark(raw: bytes) -> Posted:
    return "postmark", json.dumps({"RecordType": "Inbound", "RawEmail": raw.decode(), "Headers": []}).encode(), JSON, {}


def postmark_in_pieces(raw: bytes, **changes: Any) -> Posted:
    headers, text = pieces(raw)
    shown = {name: value for name, value in headers if name in ("From", "To", "Subject")}
    rest = [{"Name": name, "Value": value} for name, value in headers if name not in shown]
    told = shown | {"Headers": rest, "TextBody": text, "HtmlBody": "", "Attachments": [], "MessageID": "another"} | changes
    return "postmark", json.dumps(told).encode(), JSON, {}


def signed(key: str = KEY) -> dict[str, bytes]:
    signature = hmac.new(key.encode(), b"1893456000token", hashlib.sha256).hexdigest()
    return {"timestamp": b"1893456000", "token": b"token", "signature": signature.encode()}


def mailgun(raw: bytes, key: str = KEY) -> Posted:
    return "mailgun", as_form(signed(key) | {"body-mime": raw}), MULTIPART_CONTENT, {}


def mailgun_urlencoded(raw: bytes) -> Posted:
    body = "&".join(f"{name}={''.join(f'%{byte:02x}' for byte in value)}" for name, value in (signed() | {"body-mime": raw}).items())
    return "mailgun", body.encode(), URLENCODED, {}


def mailgun_in_pieces(raw: bytes, files: int = 0) -> Posted:
    headers, text = pieces(raw)
    fields = signed() | {"message-headers": json.dumps(headers).encode(), "body-plain": text.encode(), "recipient": b"reply@example.com"}
    return "mailgun", as_form(fields, files), MULTIPART_CONTENT, {}


def sendgrid(raw: bytes) -> Posted:
    return "sendgrid", as_form({"email": raw, "envelope": b'{"to": ["reply@example.com"]}'}), MULTIPART_CONTENT, {}


def sendgrid_in_pieces(raw: bytes) -> Posted:
    headers, text = pieces(raw)
    head = "\n".join(f"{name}: {value}" for name, value in headers)
    return "sendgrid", as_form({"headers": head.encode(), "text": text.encode()}), MULTIPART_CONTENT, {}


def brevo(raw: bytes) -> Posted:
    headers, text = pieces(raw)
    item = {"Headers": dict(headers), "RawTextBody": text, "RawHtmlBody": None, "Attachments": [], "Recipients": ["reply@example.com"]}
    return "brevo", json.dumps({"items": [item]}).encode(), JSON, {}


def amazon(raw: bytes, encoding: str = "BASE64") -> Posted:
    content = base64.b64encode(raw).decode() if encoding == "BASE64" else raw.decode()
    receipt = {"action": {"type": "SNS", "encoding": encoding}, "recipients": ["reply@example.com"]}
    received = json.dumps({"notificationType": "Received", "content": content, "receipt": receipt})
    body = json.dumps({"Type": "Notification", "MessageId": "1", "Message": received}).encode()
    return "amazon-ses", body, "text/plain", {"x-amz-sns-message-type": "Notification", "x-amz-sns-message-id": "1"}


def amazon_as_text(raw: bytes) -> Posted:
    return amazon(raw, "UTF-8")


WHOLE: list[Make] = [postmark, mailgun, mailgun_urlencoded, sendgrid, amazon, amazon_as_text]
IN_PIECES: list[Make] = [postmark_in_pieces, mailgun_in_pieces, sendgrid_in_pieces, brevo]
EVERY = WHOLE + IN_PIECES
