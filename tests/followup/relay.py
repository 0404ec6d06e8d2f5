"""A real SMTP server that can be told to misbehave at one point of the conversation."""

import asyncio
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class MidwaySMTP(SMTP):
    """Can break the line before the last dot: then the message never came."""

    async def smtp_DATA(self, arg: str) -> None:
        relay = self.event_handler
        if relay.early or "early" in relay.once:
            await self.push("354 Go on")
            await relay.answer("early", self)
            if self.transport:
                self.transport.close()
        else:
            await super().smtp_DATA(arg)


class Midway(Controller):
    def factory(self) -> SMTP:
        return MidwaySMTP(self.handler, **self.SMTP_kwargs)


class Relay:
    """Set `mail`, `rcpt` or `data` to what is answered there: a reply, `drop` (the line breaks) or `stall` (silence).

    `early`, the same while the message is on its way: only `drop` and `stall`. `once[stage]` is for the first mail that comes so far.
    """

    def __init__(self, pipelining: bool = False) -> None:
        self.pipelining = pipelining
        self.mail = self.rcpt = self.early = self.data = ""
        self.once: dict[str, str] = {}
        self.stall = 5.0
        self.patient = ("", 0)  # this recipient gets an answer when so many other mails have come
        self.most = 100  # connections
        self.mails: list[EmailMessage] = []
        self.connections: set[Any] = set()
        self.greeted = 0
        self.controller = Midway(self, hostname="127.0.0.1", port=free_port())

    @property
    def port(self) -> int:
        return int(self.controller.port)

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]) -> list[str]:
        session.host_name = hostname
        self.greeted += 1
        if self.greeted > self.most:
            return ["421 4.7.0 Too many connections"]
        return [*responses[:-1], "250-PIPELINING", responses[-1]] if self.pipelining else responses

    async def handle_HELO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str) -> str:
        return "421 4.7.0 Too many connections"

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        self.connections.add(session.peer)
        answer = await self.answer("mail", server)
        if answer.startswith("2"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        while address == self.patient[0] and len(self.mails) < self.patient[1]:
            await asyncio.sleep(0.01)
        answer = await self.answer("rcpt", server)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """By now the whole message is here: what breaks after this is what a sender can't know."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        if not self.once.get("data", self.data).startswith(("4", "5")):
            self.mails.append(message_from_bytes(content, policy=policy.default))
        return await self.answer("data", server)

    async def answer(self, stage: str, server: SMTP) -> str:
        what = self.once.pop(stage, "") or str(getattr(self, stage))
        if what == "stall":
            await asyncio.sleep(self.stall)
        if what == "drop" and server.transport:
            server.transport.close()
        return "250 OK" if what in ("", "stall", "drop") else what
