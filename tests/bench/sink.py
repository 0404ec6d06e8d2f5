"""A relay that takes everything: SMTP on one port, questions about it on another. Cheap, so that it is not what is measured.

`python -m tests.bench.sink SMTP_PORT CONTROL_PORT DELAY_MS PIPELINING`: each reply leaves DELAY_MS after its command was read.
"""

import asyncio
import json
import sys
import time

EHLO = "250-sink\r\n{}250-8BITMIME\r\n250 SIZE 1000000\r\n"
END_OF_DATA = b"\r\n.\r\n"


class Post:
    """What has been taken since the last RESET."""

    def __init__(self) -> None:
        self.connections = self.most_connections = 0
        self.reset()

    def reset(self) -> None:
        self.first = 0.0
        self.taken: dict[str, float] = {}
        self.copies = 0
        self.bytes = 0
        self.most_connections = self.connections
        self.grown = asyncio.Event()

    def take(self, address: str, size: int, at: float) -> None:
        self.copies += address in self.taken
        self.taken[address] = at
        self.bytes += size
        self.grown.set()

    def summary(self) -> dict[str, float]:
        last = max(self.taken.values(), default=0.0)
        count = len(self.taken)
        return {
            "count": count,
            "copies": self.copies,
            "first": self.first,
            "last": last,
            "connections": self.most_connections,
            "bytes": self.bytes,
        }


class Session(asyncio.Protocol):
    def __init__(self, post: Post, delay: float, pipelining: bool) -> None:
        self.post, self.delay = post, delay
        self.ehlo = EHLO.format("250-PIPELINING\r\n" if pipelining else "").encode()
        self.buffer, self.in_data, self.address = b"", False, ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.post.connections += 1
        self.post.most_connections = max(self.post.connections, self.post.most_connections)
        self.answer(b"220 sink\r\n")

    def connection_lost(self, exc: Exception | None) -> None:
        self.post.connections -= 1

    def answer(self, text: bytes) -> None:
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, self.transport.write, text)
        else:
            self.transport.write(text)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        replies = []
        while reply := self.step():
            replies.append(reply)
        if replies:
            self.answer(b"".join(replies))

    def step(self) -> bytes:
        """The reply to the next whole command or mail; empty when there is none."""
        mark = END_OF_DATA if self.in_data else b"\r\n"
        end = self.buffer.find(mark)
        if end < 0:
            return b""
        piece, self.buffer = self.buffer[:end], self.buffer[end + len(mark) :]
        return self.take(len(piece)) if self.in_data else self.command(piece)

    def take(self, size: int) -> bytes:
        self.in_data = False
        self.post.take(self.address, size, time.monotonic() + self.delay)
        return b"250 taken\r\n"

    def command(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        if verb == b"EHLO":
            return self.ehlo
        if verb == b"MAIL":
            self.post.first = self.post.first or time.monotonic()
        elif verb == b"RCPT":
            self.address = line[line.find(b"<") + 1 : line.find(b">")].decode()
        elif verb == b"DATA":
            self.in_data = True
            return b"354 go\r\n"
        elif verb == b"QUIT":
            asyncio.get_running_loop().call_later(self.delay + 0.01, self.transport.close)
            return b"221 bye\r\n"
        return b"250 ok\r\n"


async def control(post: Post, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One line in, one line of JSON out: RESET, WAIT <count> <seconds>, TIMES."""
    while words := (await reader.readline()).decode().split():
        if words[0] == "RESET":
            post.reset()
        if words[0] == "WAIT":
            await wait_for(post, int(words[1]), float(words[2]))
        answer = post.taken if words[0] == "TIMES" else post.summary()
        writer.write(json.dumps(answer).encode() + b"\n")
        await writer.drain()


async def wait_for(post: Post, count: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while len(post.taken) < count and time.monotonic() < deadline:
        post.grown.clear()
        try:
            await asyncio.wait_for(post.grown.wait(), 0.5)
        except TimeoutError:
            continue


async def main(smtp_port: int, control_port: int, delay: float, pipelining: bool) -> None:
    post = Post()
    loop = asyncio.get_running_loop()
    await loop.create_server(lambda: Session(post, delay, pipelining), "127.0.0.1", smtp_port, backlog=256)
    server = await asyncio.start_server(lambda reader, writer: control(post, reader, writer), "127.0.0.1", control_port, limit=1 << 20)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 1000, sys.argv[4] == "yes"))
