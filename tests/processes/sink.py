"""A mail server that keeps what it gets."""

import asyncio
import logging
from collections import Counter
from email.parser import BytesHeaderParser
from typing import Any

from aiosmtpd.controller import Controller

from tests.servers import free_port


class Sink:
    """Counts mails by Message-ID. Takes a moment for each, so that a kill can find one on its way."""

    def __init__(self) -> None:
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        self.arrived: Counter[str] = Counter()
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self._server = Controller(self, hostname="127.0.0.1", port=self.port)
        self._server.start()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(0.005)
        self.arrived[str(BytesHeaderParser().parsebytes(envelope.content)["Message-ID"]).strip()] += 1
        return "250 OK"

    def stop(self) -> None:
        self._server.stop()
