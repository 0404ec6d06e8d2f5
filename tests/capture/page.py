"""The contact page as a browser without JavaScript uses it: read what it holds, type, send everything back."""

from html.parser import HTMLParser
from typing import Any

import time_machine
from django.http import HttpResponse
from django.test import Client

VERA = {"name": "Vera Lind", "email": "vera@example.com", "message": "How does a first visit go?", "consent_reply": "on"}


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, kind = given.get("name"), given.get("type")
        if tag == "input" and name and (kind not in ("checkbox", "radio") or "checked" in given):
            self.values[name] = given.get("value") or ("on" if kind == "checkbox" else "")


def fields_of(response: Any) -> dict[str, str]:
    parser = _Fields()
    parser.feed(response.content.decode())
    return parser.values


def send_again(client: Client, page: Any, **typed: str) -> HttpResponse:
    """A page that came back from `send`, half a minute later."""
    with time_machine.travel("2026-03-02 15:01:00Z", tick=False):
        return client.post("/contact/", fields_of(page) | {"message": VERA["message"], "consent_reply": "on"} | typed)  # type: ignore[return-value]


def send(client: Client, typed: dict[str, str] | None = None, *, after: float = 30, path: str = "/contact/", **more: str) -> HttpResponse:
    """Opens the page, pauses `after` seconds, sends Vera's fields changed by `typed` and `more`."""
    with time_machine.travel("2026-03-02 15:00:00Z", tick=False) as clock:
        fields = fields_of(client.get(path))
        clock.shift(after)
        return client.post(path, fields | VERA | (typed or {}) | more)  # type: ignore[return-value]  # the test client's own response class
