"""Where the relay offers it, the way to the message takes one wait instead of three, and the conversation stays in step."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from leads.followup.frame import Frame
from leads.followup.letter import Letter
from leads.followup.outcome import Outcome, Result
from leads.followup.smtp import SmtpOutlet
from leads.followup.waiting import finished

FRAME = Frame({"Subject": "Hello"}, "Hello\n", "<p>Hello</p>\n")
LETTER = Letter("hello@example.com", "vera@example.com", {"Message-ID": "<1@example.com>"}, FRAME)


class Scripted:
    """A relay that offers PIPELINING, answers as told, and keeps what it was sent in one piece."""

    def __init__(self) -> None:
        self.answers = {"MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go"}
        self.pieces: list[list[str]] = []
        self.bodies: list[str] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        line, _ = self.listener.accept()
        with line:
            line.sendall(b"220 relay\r\n")
            while piece := line.recv(65536).decode():
                line.sendall("".join(self._answer(piece)).encode())

    def _answer(self, piece: str) -> Iterator[str]:
        if piece.endswith("\r\n.\r\n") or piece == ".\r\n":
            self.bodies.append(piece)
            yield "250 taken\r\n" if len(piece) > 3 else "554 no valid recipients\r\n"
            return
        verbs = [command[:4].upper() for command in piece.splitlines()]
        self.pieces.append(verbs)
        for verb in verbs:
            yield "250-relay\r\n250 PIPELINING\r\n" if verb == "EHLO" else self.answers.get(verb, "250 ok") + "\r\n"


@pytest.fixture
def scripted(settings: Any) -> Iterator[Scripted]:
    relay = Scripted()
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", relay.listener.getsockname()[1], 5
    yield relay
    relay.listener.close()


@pytest.fixture
def outlet() -> Iterator[SmtpOutlet]:
    outlet = SmtpOutlet()
    yield outlet
    outlet.close()


def answer_to(letter: Letter, outlet: SmtpOutlet) -> Outcome:
    answer = outlet.send(letter)
    return answer if isinstance(answer, Outcome) else finished([answer])[0][1]


def test_three_commands_travel_together(scripted: Scripted, outlet: SmtpOutlet) -> None:
    assert answer_to(LETTER, outlet).result == Result.SENT
    assert ["MAIL", "RCPT", "DATA"] in scripted.pieces
    assert len(scripted.bodies) == 1


def test_a_refused_recipient_ends_the_mail_and_not_the_connection(scripted: Scripted, outlet: SmtpOutlet) -> None:
    """This relay wants the message all the same, as RFC 2920 allows it to."""
    scripted.answers["RCPT"] = "550 5.1.1 nobody here"
    refused = answer_to(LETTER, outlet)
    assert (refused.result, refused.nobody_there) == (Result.REFUSED, True)
    assert scripted.bodies == [".\r\n"]
    scripted.answers["RCPT"] = "250 ok"
    assert answer_to(LETTER, outlet).result == Result.SENT


def test_a_relay_that_says_later_is_taken_at_its_word(scripted: Scripted, outlet: SmtpOutlet) -> None:
    scripted.answers |= {"MAIL": "451 4.3.0 later", "RCPT": "503 no MAIL", "DATA": "503 no MAIL"}
    assert answer_to(LETTER, outlet).result == Result.LATER
    assert scripted.bodies == []


def test_a_line_break_in_an_address_reaches_no_relay(scripted: Scripted, outlet: SmtpOutlet) -> None:
    letter = Letter("hello@example.com", "vera@example.com>\r\nRCPT TO:<lind@example.com", LETTER.own_headers, FRAME)
    assert answer_to(letter, outlet).result == Result.REFUSED
    assert all("RCPT" not in verbs for verbs in scripted.pieces)
