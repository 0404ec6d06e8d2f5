"""One SMTP connection, kept open from mail to mail. It never waits for an answer, so that one worker can serve several at once."""

import smtplib
import socket
import ssl
import time

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from leads.followup.conversation import Conversation, Said, conversation, replies_in
from leads.followup.letter import Letter
from leads.followup.outcome import Outcome, Result, Unreachable

NOT_OURS = (OSError, smtplib.SMTPException)  # the line, not the letter
LONGEST_ANSWER = 65536


class SmtpOutlet:
    many = True  # several connections at once pay off

    def __init__(self) -> None:
        self._backend = EmailBackend()
        self._used = False

    def open(self) -> None:
        """Waits. Does nothing while a connection is open."""
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

    def send(self, letter: Letter) -> "Outcome | SmtpOutlet":
        """Begins; itself, until `hear` has the outcome. A kept connection that the relay has closed meanwhile is opened again, once."""
        self._letter, self._once_more = letter, self._used
        return self._begin() or self

    def _begin(self) -> Outcome | None:
        try:
            self.open()
            smtp = self._connection()
            self._talk: Conversation = conversation(self._letter, pipelining=smtp.has_extn("pipelining"), utf8=smtp.has_extn("smtputf8"))
            said = next(self._talk)
        except Unreachable as error:
            return Outcome(Result.LATER, str(error))
        except ValueError:
            return Outcome(Result.REFUSED, "unusable_address")
        self._used = True
        self.until = time.monotonic() + settings.EMAIL_TIMEOUT  # for the whole hand-over: it ends before the lease does
        return self._say(said)

    def _say(self, said: Said) -> Outcome | None:
        self._said, self._heard = said, b""
        try:
            self._socket().settimeout(max(0.1, self.until - time.monotonic()))
            self._socket().sendall(said.text)
        except OSError as error:
            return self._lost(error)
        return None

    def hear(self) -> Outcome | None:
        """What has come by now; the outcome once it is known."""
        try:
            self._heard += self._received()
        except OSError as error:
            return self._lost(error)
        replies = replies_in(self._heard)[: self._said.replies]
        if len(replies) < self._said.replies:
            return None
        try:
            return self._say(self._talk.send(replies))
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome if replies[-1][0] // 100 == 2 else self._over(outcome)

    def _received(self) -> bytes:
        """TLS can have something to read and nothing to say."""
        self._socket().settimeout(0)
        try:
            data = self._socket().recv(LONGEST_ANSWER)
        except (BlockingIOError, ssl.SSLWantReadError):
            if time.monotonic() >= self.until:
                raise TimeoutError from None
            return b""
        if not data or len(self._heard) > LONGEST_ANSWER:
            raise ConnectionResetError
        return data

    def _lost(self, error: OSError) -> Outcome | None:
        return self._over(self._said.verdict or Outcome(self._said.if_lost, _code_of(error)))

    def _over(self, outcome: Outcome) -> Outcome | None:
        self.close()
        if not self._once_more or self._said.verdict or self._said.if_lost == Result.DOUBT:
            return outcome
        self._once_more = False
        return self._begin()

    def fileno(self) -> int:
        return self._socket().fileno()

    def _socket(self) -> socket.socket:
        line = self._connection().sock
        if line is None:
            raise ConnectionResetError
        return line

    def close(self) -> None:
        connection, self._backend.connection = self._backend.connection, None
        if connection is not None:
            _part_from(connection)


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
