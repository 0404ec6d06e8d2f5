"""A test that reaches out fails, by whatever way it does."""

import socket
import urllib.request
from collections.abc import Callable, Iterator

import pytest

from tests.network import ReachedOut

ELSEWHERE = ("192.0.2.1", 80)  # an address of nobody's, for examples
NAME = "example.com"


@pytest.fixture
def plug() -> Iterator[socket.socket]:
    with socket.socket() as plug:
        yield plug


@pytest.mark.parametrize("place", [ELSEWHERE, (NAME, 80)])
@pytest.mark.parametrize("way", ["connect", "connect_ex"])
def test_no_socket_leads_elsewhere(plug: socket.socket, way: str, place: tuple[str, int]) -> None:
    with pytest.raises(ReachedOut):
        getattr(plug, way)(place)


def test_no_letter_without_a_connection_does() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as plug, pytest.raises(ReachedOut):
        plug.sendto(b"", ELSEWHERE)


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.getaddrinfo(NAME, 80),
        lambda: socket.getaddrinfo(NAME.encode(), None),
        lambda: socket.gethostbyname(NAME),
        lambda: socket.gethostbyname_ex(NAME),
        lambda: socket.gethostbyaddr(ELSEWHERE[0]),
        lambda: socket.getnameinfo(ELSEWHERE, 0),
        lambda: socket.create_connection((NAME, 80)),
        lambda: urllib.request.urlopen(f"http://{NAME}/"),
    ],
)
def test_no_name_is_looked_up(reach: Callable[[], object]) -> None:
    with pytest.raises(ReachedOut):
        reach()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", None])
def test_this_machine_can(host: str | None) -> None:
    assert socket.getaddrinfo(host, 80)


@pytest.mark.parametrize("way", ["connect", "connect_ex"])
def test_a_server_of_our_own_can(plug: socket.socket, way: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert not getattr(plug, way)(server.getsockname())
