"""In front of the live server: between two tests it lets nobody in, and a test is not over before everybody has left.

Pages say goodbye when they are closed, and what they asked for last may still be under way: the next test would find what that changes.
"""

import threading
from collections.abc import Callable, Generator
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication

SECONDS = 20


class FrontDoor:
    def __init__(self, application: WSGIApplication) -> None:
        self.application, self.is_open, self.within = application, False, 0
        self.changed = threading.Condition()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Generator[bytes]:
        if not self._let_in():
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return
        try:
            yield from self._answer(environ, start_response)
        finally:
            self._let_out()

    def open(self) -> None:
        with self.changed:
            self.is_open = True

    def shut(self) -> None:
        with self.changed:
            self.is_open = False
            assert self.changed.wait_for(lambda: self.within == 0, SECONDS), f"{self.within} requests are under way for {SECONDS} s"

    def _answer(self, environ: dict[str, Any], start_response: StartResponse) -> Generator[bytes]:
        answer = self.application(environ, start_response)
        try:
            yield from answer
        finally:
            close: Callable[[], None] = getattr(answer, "close", lambda: None)
            close()

    def _let_in(self) -> bool:
        with self.changed:
            self.within += self.is_open
            return self.is_open

    def _let_out(self) -> None:
        with self.changed:
            self.within -= 1
            self.changed.notify_all()
