"""A small IMAP server on this machine: one folder, and as much of the protocol as is spoken to it."""

import re
import socketserver
import threading
from typing import Any

PASSWORD = "correct"


class FakeImap:
    def __init__(self) -> None:
        self.mails: dict[int, bytes] = {}
        self.flags: dict[int, set[str]] = {}
        self.folders: list[str] = []  # as they were selected
        self.fetched: list[int] = []
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def put(self, raw: bytes) -> int:
        number = len(self.mails) + 1
        self.mails[number], self.flags[number] = raw, set()
        return number

    def settings(self, **changes: Any) -> dict[str, Any]:
        as_parsed = {"security": "none", "host": "127.0.0.1", "port": self.port, "user": "reply", "password": PASSWORD, "folder": "INBOX"}
        return as_parsed | changes

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, command: str, rest: str) -> tuple[bytes, str]:
        """What stands before the tagged line, and that line."""
        match command, rest.split(" ", 2):
            case "LOGIN", [*_, password]:
                return b"", "OK" if password.strip('"') == PASSWORD else "NO"
            case "SELECT", _:
                self.folders.append(rest.strip('"'))
                return b"* 0 EXISTS\r\n", "OK"
            case "UID", ["SEARCH", *_]:
                wanted = {"\\Flagged"} if " FLAGGED" in rest else set[str]()
                found = [str(number) for number, flags in self.flags.items() if flags == wanted]
                return f"* SEARCH {' '.join(found)}\r\n".encode(), "OK"
            case "UID", ["FETCH", number, what]:
                return self._fetch(int(number), what), "OK"
            case "UID", ["STORE", number, what]:
                self.flags[int(number)] |= set(re.findall(r"\\\w+", what))
                return b"", "OK"
        return b"* CAPABILITY IMAP4rev1\r\n", "OK"

    def _fetch(self, number: int, what: str) -> bytes:
        self.fetched.append(number)
        limit = int(re.findall(r"<0\.(\d+)>", what)[0])
        raw = self.mails[number][:limit]
        return f"* 1 FETCH (UID {number} BODY[]<0> {{{len(raw)}}}\r\n".encode() + raw + b")\r\n"

    def _handler(self) -> type[socketserver.StreamRequestHandler]:
        server = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"* OK ready\r\n")
                for line in self.rfile:
                    tag, command, *rest = line.decode().strip().split(" ", 2)
                    before, says = server.answer(command.upper(), rest[0] if rest else "")
                    self.wfile.write(before + f"{tag} {says} done\r\n".encode())
                    if command.upper() == "LOGOUT":
                        return

        return Handler
