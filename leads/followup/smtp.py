"""One SMTP connection, kept open from mail to mail. It knows whether the message itself was begun, so it can tell the truth.

Before the message every failure is safe to try again. After it, silence is a doubt (RFC 1047): the relay may have taken it.
"""

import re
import smtplib
import time
from collections.abc import Iterator

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from leads.followup.letter import Letter
from leads.followup.mime import as_bytes
from leads.followup.outcome import Outcome, Result, Unreachable

Reply = tuple[int, bytes]
NOT_OURS = (OSError, smtplib.SMTPException)  # the line, not the letter


class SmtpOutlet:
    many = True  # several connections at once pay off

    def __init__(self) -> None:
        self._backend = EmailBackend()
        self._begun = False
        self._used = False

    def open(self) -> None:
        """Does nothing while a connection is open."""
        if self._backend.connection is not None:
            return
        try:
            self._backend.open()
            self._connection().ehlo_or_helo_if_needed()
        except NOT_OURS as error:
            self.close()
            raise Unreachable(_code_of(error)) from error
        self._used = False

    def _connection(self) -> smtplib.SMTP:
        if self._backend.connection is None:
            raise Unreachable("no_connection")
        return self._backend.connection

    def send(self, letter: Letter) -> Outcome:
        try:
            return self._send(letter)
        except Unreachable as error:
            return Outcome(Result.LATER, str(error))
        except (UnicodeError, ValueError):
            self.close()
            return Outcome(Result.REFUSED, "unusable_address")

    def _send(self, letter: Letter) -> Outcome:
        """A kept connection that the relay has closed meanwhile is opened again, once."""
        self.open()
        was_used, self._used, self._begun = self._used, True, False
        try:
            outcome = self._hand_over(self._connection(), letter)
        except NOT_OURS as error:
            self.close()
            outcome = Outcome(Result.DOUBT if self._begun else Result.LATER, _code_of(error))
        if was_used and not self._begun and self._backend.connection is None:
            return self._send(letter)
        return outcome

    def _hand_over(self, smtp: smtplib.SMTP, letter: Letter) -> Outcome:
        data = re.sub(rb"(?m)^\.", b"..", as_bytes(letter)) + b".\r\n"
        clock = Clock(smtp)
        commands = [f"MAIL FROM:<{letter.sender}>{_utf8(smtp, letter)}", f"RCPT TO:<{letter.recipient}>", "DATA"]
        for stage, reply in zip(("mail", "rcpt", "data"), _answers(smtp, commands, clock), strict=False):
            if reply[0] // 100 != (3 if stage == "data" else 2):
                return self._refused(smtp, stage, reply)
        clock.tick()
        self._begun = True
        smtp.send(data)
        reply = smtp.getreply()
        return Outcome(Result.SENT) if reply[0] // 100 == 2 else self._refused(smtp, "message", reply)

    def _refused(self, smtp: smtplib.SMTP, stage: str, reply: Reply) -> Outcome:
        """4xx: later. 5xx: for good, unless the relay won't have our own sender: that is a setting to mend, not this mail's end."""
        code, text = reply
        status = re.match(rb"[245]\.\d{1,3}\.\d{1,3}", text)
        detail = status[0].decode() if status else ""
        if code == 421 or not _reset(smtp):
            self.close()
        if code // 100 not in (4, 5):
            return Outcome(Result.DOUBT if stage == "message" else Result.LATER, "unreadable_reply")
        permanent = code // 100 == 5 and stage != "mail"
        return Outcome(
            Result.REFUSED if permanent else Result.LATER,
            f"{code} {detail}".strip(),
            nobody_there=permanent and stage == "rcpt" and (not detail or detail.startswith("5.1.")),
        )

    def close(self) -> None:
        connection, self._backend.connection = self._backend.connection, None
        if connection is not None:
            _part_from(connection)


class Clock:
    """EMAIL_TIMEOUT is for the whole hand-over, not for each of its steps: it ends before the lease does."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp
        self._end = time.monotonic() + settings.EMAIL_TIMEOUT

    def tick(self) -> None:
        if self._smtp.sock is not None:
            self._smtp.sock.settimeout(max(0.1, self._end - time.monotonic()))


def _answers(smtp: smtplib.SMTP, commands: list[str], clock: Clock) -> Iterator[Reply]:
    """One reply a command, in order; where the relay offers it, all of them for one wait."""
    if smtp.has_extn("pipelining"):
        yield from _pipelined(smtp, commands, clock)
        return
    for command in commands:
        clock.tick()
        yield smtp.docmd(command)


def _pipelined(smtp: smtplib.SMTP, commands: list[str], clock: Clock) -> list[Reply]:
    """RFC 2920. A relay that wants the message although it refused the way there gets an empty one, which it can't deliver."""
    if any(letter in command for command in commands for letter in "\r\n"):
        raise ValueError("A command is one line.")
    clock.tick()
    smtp.send("".join(f"{command}\r\n" for command in commands))
    replies = []
    for _ in commands:
        clock.tick()
        replies.append(smtp.getreply())
    if replies[-1][0] == 354 and any(code // 100 != 2 for code, _ in replies[:-1]):
        smtp.docmd(".")
    return replies


def _reset(smtp: smtplib.SMTP) -> bool:
    """Whether the connection can go on after a refusal."""
    try:
        return smtp.rset()[0] == 250
    except NOT_OURS:
        return False


def _utf8(smtp: smtplib.SMTP, letter: Letter) -> str:
    """An address in another script needs a relay that speaks it."""
    if letter.recipient.isascii():
        return ""
    if not smtp.has_extn("smtputf8"):
        raise ValueError("This relay takes ASCII addresses only.")
    smtp.command_encoding = "utf-8"
    return " SMTPUTF8"


def _part_from(smtp: smtplib.SMTP) -> None:
    """A last word where the line still stands; nobody waits long for the answer."""
    try:
        if smtp.sock is not None:
            smtp.sock.settimeout(1)
            smtp.quit()
    except NOT_OURS:
        pass
    finally:
        smtp.close()


def _code_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code}"
    return "timeout" if isinstance(error, TimeoutError) else "connection_lost"
