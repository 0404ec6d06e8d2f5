"""The mailbox that answers arrive in, over IMAP. What is unseen waits; a star on it says that we could not read it and a person should."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from leads.policy.inbound.parsing import MOST_BYTES

TIMEOUT = 20  # seconds for each answer
Trouble = (OSError, imaplib.IMAP4.error)  # the server is away, or refuses


class Mailbox:
    def __init__(self, line: imaplib.IMAP4) -> None:
        self._line = line

    def waiting(self) -> list[str]:
        """The numbers (UID) of what nobody has seen nor set aside, the oldest first."""
        numbers = _said(self._line.uid("SEARCH", "UNSEEN UNFLAGGED UNDELETED"))
        return (numbers[0] or b"").decode("ascii").split()

    def has_starred(self) -> bool:
        """Whether a mail that was set aside waits for a person."""
        return bool(_said(self._line.uid("SEARCH", "UNSEEN FLAGGED UNDELETED"))[0])

    def mail(self, number: str) -> bytes | None:
        """As much of it as is read, still unseen; None where it is gone."""
        parts = _said(self._line.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_BYTES}>)"))
        return next((part[1] for part in parts if isinstance(part, tuple)), None)

    def mark_seen(self, number: str) -> None:
        _said(self._line.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)"))

    def set_aside(self, number: str) -> None:
        _said(self._line.uid("STORE", number, "+FLAGS.SILENT", r"(\Flagged)"))


@contextmanager
def opened(inbox: dict[str, Any]) -> Iterator[Mailbox]:
    """`inbox` as parse_inbox_url() makes it. Raises Trouble."""
    line = _connected(inbox["security"], inbox["host"], inbox["port"])
    try:
        line.login(inbox["user"], inbox["password"])
        _said(line.select('"' + inbox["folder"] + '"'))
        yield Mailbox(line)
    finally:
        with suppress(*Trouble):
            line.logout()


def _connected(security: str, host: str, port: int) -> imaplib.IMAP4:
    if security == "tls":
        return imaplib.IMAP4_SSL(host, port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT)
    line = imaplib.IMAP4(host, port, timeout=TIMEOUT)
    if security == "starttls":
        line.starttls(ssl.create_default_context())
    return line


def _said(answer: tuple[str, list[Any]]) -> list[Any]:
    if answer[0] != "OK":
        raise imaplib.IMAP4.error(answer[0])  # the server's own words may repeat an address
    return answer[1]
