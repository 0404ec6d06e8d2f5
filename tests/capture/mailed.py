"""Mails to us, as bytes: an answer by Vera unless told otherwise."""

from email.message import EmailMessage

from leads.capture.actions import receive_mail
from leads.models import Message, Reply


def mail(*, about: Message | None = None, text: str = "Tuesday suits me.", to: str = "hello@example.com", **headers: str) -> bytes:
    """`headers` with underscores for hyphens; they replace what stands here."""
    letter = EmailMessage()
    fields = {"From": "Vera Lind <vera@example.com>", "To": to, "Subject": "Re: We have your message", "Message-ID": "<1@mail.example.com>"}
    if about:
        fields["In-Reply-To"] = about.message_id
    for name, value in (fields | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        letter[name] = value
    letter.set_content(text)
    return letter.as_bytes()


def bounce(about: Message, *, status: str = "5.1.1", action: str = "failed", number: int = 1) -> bytes:
    """A delivery report as Postfix writes it."""
    return f"""\
From: MAILER-DAEMON@mx.example.com
To: hello@example.com
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn-{number}@mx.example.com>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; {about.to_address}
Action: {action}
Status: {status}

--b
Content-Type: message/rfc822

To: {about.to_address}
Message-ID: {about.message_id}

--b--
""".encode()


def complaint(about: Message) -> bytes:
    return bounce(about).replace(b"message/delivery-status\n", b"message/feedback-report\n")


def arrive(raw: bytes) -> Reply:
    return receive_mail(by=None, raw=raw)
