"""Leadwell as the benchmarks run it: its own settings, every guard on, the limits' numbers raised and their counters kept."""

import itertools
import json
import sys
from collections.abc import Iterator

import redis

from tests.bench import database
from tests.bench.places import REDIS_URL, folder
from tests.bench.processes import run

EMAIL, PASSWORD = "bob@example.com", "harbour lights at dusk 7"  # of the colleague who is signed in
WORKER = [sys.executable, "-m", "celery", "--quiet", "--app", "project.celery", "worker", "--pool", "prefork", "--concurrency", "1"]
WORKER += ["--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]  # as `manage.py up` starts it
MESSAGE = (
    "Hello, my sister told me about you. I have been struggling since last winter and my doctor suggested that I ask how the "
    "treatment works, what a course costs and whether my insurance would pay for some of it. I could come on weekday mornings. "
    "Is there a waiting list, and do you need a letter from my doctor first? Thank you, Vera"
)


def env(name: str, **more: str) -> dict[str, str]:
    """For the PostgreSQL database `name` and the run's Redis."""
    return {
        "MODE": "local",
        "DATA_DIR": str(folder(name)),
        "DATABASE_URL": database.url_of(name),
        "REDIS_URL": REDIS_URL,
        "ALLOWED_HOSTS": "127.0.0.1",
        "TRUSTED_PROXIES": "127.0.0.1",
        "CAPTURE_LIMITS": "1000000/10m,10000000/d",
        "LOG_LEVEL": "WARNING",
        **more,
    }


def manage(settings: dict[str, str], *arguments: str) -> None:
    run("manage", [sys.executable, "manage.py", *arguments], settings)


def set_up(name: str, settings: dict[str, str]) -> None:
    """On a fresh database, with nothing left of an earlier run's broker."""
    database.fresh(name)
    redis.from_url(REDIS_URL).flushdb()
    prepare(settings)


def prepare(settings: dict[str, str]) -> None:
    manage(settings, "migrate", "--verbosity", "0")
    manage(settings, "createcachetable")
    manage(settings, "collectstatic", "--no-input", "--verbosity", "0")


def captures(start: int = 0) -> Iterator[bytes]:
    """POSTs to the API: each from another person at another address, with an idempotency key of its own."""
    for number in itertools.count(start):
        body = json.dumps(enquiry(number)).encode()
        yield http_post("/api/v1/enquiries/", body, f"X-Forwarded-For: {address(number)}\r\nIdempotency-Key: bench-{number}\r\n")


def enquiry(number: int) -> dict[str, object]:
    return {
        "name": f"Vera {letters(number)}",
        "email": f"vera{number}@example.com",
        "phone": f"+1 212 {200 + number // 10000 % 800} {number % 10000:04d}",
        "message": MESSAGE,
        "topic": "cost",
        "reply_by": "email",
        "consent_reply": True,
        "consent_followup": True,
        "page": "/contact/",
        "utm": {"source": "bench"},
    }


def letters(number: int) -> str:
    """A surname: 0 is `A`, 26 is `BA`."""
    head, tail = divmod(number, 26)
    return (letters(head) if head else "") + chr(ord("A") + tail)


def address(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def http_post(path: str, body: bytes, headers: str = "", kind: str = "application/json") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    return head.encode() + body


def http_get(path: str, headers: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode()
