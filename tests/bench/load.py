"""The load generator: one thread, plain sockets, requests made as text. It costs little, for it shares the machine with all sides."""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

END = b"\r\n\r\n"


@dataclass
class Load:
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    elapsed: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.elapsed

    def refused(self) -> int:
        return sum(count for status, count in self.statuses.items() if status >= 400)


class Caller:
    """One kept connection: send a request, collect its answer."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes) -> None:
        self.buffer = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """What has come is read; True when the answer is whole."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError(f"The server hung up after {self.buffer[:200]!r}")
        self.buffer += piece
        return whole(self.buffer)

    def call(self, request: bytes) -> bytes:
        self.send(request)
        while not self.receive():
            pass
        return self.buffer

    def close(self) -> None:
        self.socket.close()


def whole(answer: bytes) -> bool:
    end = answer.find(END)
    if end < 0:
        return False
    head = answer[:end].lower()
    at = head.find(b"content-length:")
    if at >= 0:
        return len(answer) >= end + 4 + int(head[at + 15 :].split(b"\r\n", 1)[0])
    return b"transfer-encoding: chunked" not in head or answer.endswith(b"0\r\n\r\n")


def status_of(answer: bytes) -> int:
    return int(answer[9:12])


def press(port: int, requests: Iterator[bytes], seconds: float, connections: int = 16) -> Load:
    """As many as `connections` at once manage in `seconds`; the last answers are waited for and count."""
    load, selector = Load(), selectors.DefaultSelector()
    start = time.perf_counter()
    for _ in range(connections):
        caller = Caller(port)
        selector.register(caller.socket, selectors.EVENT_READ, caller)
        caller.send(next(requests))
    waiting = connections
    while waiting:
        for key, _ in selector.select(60):
            waiting -= _advance(key.data, load, requests, start + seconds)
    load.elapsed = time.perf_counter() - start
    for key in list(selector.get_map().values()):
        key.data.close()
    selector.close()
    return load


def _advance(caller: Caller, load: Load, requests: Iterator[bytes], deadline: float) -> int:
    """1 when this connection has done its last call."""
    if not caller.receive():
        return 0
    now = time.perf_counter()
    load.latencies.append(now - caller.sent_at)
    load.statuses[status_of(caller.buffer)] += 1
    if now >= deadline:
        return 1
    caller.send(next(requests))
    return 0


def one_by_one(port: int, requests: Iterator[bytes], count: int) -> Load:
    load, caller = Load(), Caller(port)
    start = time.perf_counter()
    for _ in range(count):
        answer = caller.call(next(requests))
        load.latencies.append(time.perf_counter() - caller.sent_at)
        load.statuses[status_of(answer)] += 1
    load.elapsed = time.perf_counter() - start
    caller.close()
    return load
