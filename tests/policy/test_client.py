"""Who is at the other end: nobody can say they are somebody else (guarantees S2)."""

from ipaddress import ip_network
from typing import Any

import pytest
from django.test import RequestFactory

from leads.policy.client import address_block, client_address

PROXY, VERA = "10.0.0.2", "203.0.113.7"


def seen(peer: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers))


@pytest.fixture(autouse=True)
def one_proxy(settings: Any) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        (VERA, VERA),
        (f"198.51.100.1, {VERA}", VERA),
        (f"10.0.0.9, {VERA}", VERA),
        (f"198.51.100.1,{VERA}, 10.0.0.3", VERA),
        (f"{VERA}, nonsense", PROXY),
        (f"{VERA}:4711", PROXY),
        ("10.0.0.9, 10.0.0.8", "10.0.0.9"),
        ("", PROXY),
        (None, PROXY),
        (f"::ffff:{VERA}", VERA),
    ],
)
def test_through_a_proxy_it_is_the_last_one_that_is_no_proxy(forwarded: str | None, client: str) -> None:
    assert seen(PROXY, forwarded) == client


def test_nobody_else_may_say_who_they_are() -> None:
    assert seen(VERA, "198.51.100.1") == VERA


def test_a_socket_for_both_protocols_knows_the_proxy_too() -> None:
    assert seen(f"::ffff:{PROXY}", VERA) == VERA


@pytest.mark.parametrize("neighbour", ["2001:db8::1", "2001:db8::ffff:1", "2001:db8::1%eth0"])
def test_a_household_is_one_block(neighbour: str) -> None:
    assert address_block(neighbour) == "2001:db8::"


def test_an_ipv4_address_is_a_block_of_its_own() -> None:
    assert address_block(VERA) == VERA
