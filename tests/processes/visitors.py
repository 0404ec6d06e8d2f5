"""Programs that write to us, and keep trying until they are told that we have it."""

import itertools
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

HELLO = {"name": "Vera Lind", "consent_reply": True, "message": "I would like to know how a first visit goes."}


def get(url: str) -> tuple[int, str]:
    """Status and text; 0 where nobody answers."""
    return _send(urllib.request.Request(url))


def write(url: str, key: str, **changes: object) -> tuple[int, str]:
    body = json.dumps(HELLO | {"email": f"{key}@example.com"} | changes).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    return _send(urllib.request.Request(f"{url}/api/v1/enquiries/", body, headers))


def _send(request: urllib.request.Request) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except (OSError, HTTPException):
        return 0, ""


class Visitors:
    """`number` enquiries over `hands` connections, each repeated with its key until it is acknowledged."""

    def __init__(self, urls: list[str], number: int, hands: int = 8, name: str = "visitor") -> None:
        self.references: dict[str, str] = {}  # by key: what we promised to have
        self.refusals: list[str] = []
        self.waits: list[float] = []  # seconds for each answer
        self.number = number
        self._urls: Iterator[str] = itertools.cycle(urls)
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(hands)
        self._gone = threading.Event()
        for one in range(number):
            self._pool.submit(self._persist, f"{name}-{one}")

    def _persist(self, key: str) -> None:
        while not self._gone.is_set():
            began = time.monotonic()
            status, text = write(self._next_url(), key)
            self.waits.append(time.monotonic() - began)
            if status == 201:
                self.references[key] = json.loads(text)["reference"]
                return
            if status not in (0, 500, 502, 503):
                self.refusals.append(text)
                return
            time.sleep(0.1)

    def _next_url(self) -> str:
        with self._lock:
            return next(self._urls)

    def reached(self, number: int) -> bool:
        return len(self.references) + len(self.refusals) >= number

    def leave(self) -> None:
        self._gone.set()
        self._pool.shutdown(cancel_futures=True)
