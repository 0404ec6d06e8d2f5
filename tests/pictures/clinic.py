"""The product at a moment that never passes, full of made-up people: two runs give the same pictures, for "4 min" stays "4 min"."""

import json
import socketserver
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import time_machine
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from tests.pictures.moment import MOMENT
from tests.pictures.people import arrive, set_up


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


def main(port: int, *, anybody_wrote: bool) -> None:
    """Says in its first line, as JSON, by which cookie Alice is signed in, and where the pages are that belong to somebody."""
    with time_machine.travel(MOMENT, tick=False):
        call_command("prepare")
        print(json.dumps(arrive() if anybody_wrote else set_up()), flush=True)  # noqa: T201 - its answer
        with Server(("127.0.0.1", port), Quiet) as server:
            server.set_app(get_wsgi_application())
            server.serve_forever()
