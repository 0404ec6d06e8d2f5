"""Who is at the other end: nobody can say they are somebody else (guarantees S2)."""

from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from leads.policy.client import address_block, client_address

PROXY, VERA = "10.0.0.2", "203.0.113.7"
addresses = st.ip_addresses().map(str)
hops = st.lists(addresses | st.text(max_size=20), max_size=5).map(", ".join) | st.text(max_size=200)
often = hypothesis_settings(deadline=None, max_examples=300)


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


@often
@given(st.sampled_from([PROXY, VERA]) | addresses | st.text(max_size=40), hops)
def test_it_is_an_address_whatever_is_said(peer: str, forwarded: str) -> None:
    client = seen(peer, forwarded)
    assert str(ip_address(client)) == client
    assert ip_address(address_block(client))


@often
@given(addresses.filter(lambda peer: not peer.startswith("10.")), hops)
def test_who_comes_directly_can_say_nothing(peer: str, forwarded: str) -> None:
    assert seen(peer, forwarded) == seen(peer)


@often
@given(hops, st.sampled_from(["", ", 10.0.0.3", ",10.0.0.4 , 10.0.0.3"]))
def test_nothing_said_before_the_first_proxy_counts(said: str, proxies: str) -> None:
    assert seen(PROXY, f"{said}, {VERA}{proxies}") == VERA
