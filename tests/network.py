"""The closed network: nothing leaves this machine, and no name of another one is even looked up."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CONNECTS = ("connect", "connect_ex", "sendto")
LOOK_UPS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo")
OURS = ("", "localhost", socket.gethostname())


class ReachedOut(AssertionError):
    """A test, or what it tests, wanted something of another machine."""


def is_ours(host: Any) -> bool:
    """None is this machine, too; an address of a family without hosts is a file."""
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    try:
        return ipaddress.ip_address(name).is_loopback or ipaddress.ip_address(name).is_unspecified
    except ValueError:
        return name in OURS


def refuse_others(host: Any) -> None:
    if not is_ours(host):
        raise ReachedOut(f"a test reached out to {host}")


def host_in(place: Any) -> Any:
    """In an address of a socket, the host alone; of a file nothing."""
    return place[0] if isinstance(place, tuple) else "localhost"


@contextmanager
def closed() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in CONNECTS:
            patch.setattr(socket.socket, name, _only_here(getattr(socket.socket, name)))
        for name in LOOK_UPS:
            patch.setattr(socket, name, _only_names_here(getattr(socket, name)))
        yield


def _only_here(method: Any) -> Any:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        refuse_others(host_in(arguments[-1]))
        return method(self, *arguments)

    return guarded


def _only_names_here(look_up: Any) -> Any:
    def guarded(host: Any, *arguments: Any, **more: Any) -> Any:
        refuse_others(host[0] if isinstance(host, tuple) else host)
        return look_up(host, *arguments, **more)

    return guarded
