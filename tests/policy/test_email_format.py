"""What is plain to see is what the library would say."""

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from leads.policy.email_format import PLAIN, SHORT, is_email


@given(st.from_regex(PLAIN, fullmatch=True).filter(lambda text: len(text) <= SHORT))
def test_a_plain_address_is_one_by_the_book(text: str) -> None:
    validate_email(text, check_deliverability=False)


@pytest.mark.parametrize("text", ["vera@example.com", "V.e-r_a+1@sub.example.org", "véra@example.com", "vera@bücher.example"])
def test_these_are_addresses(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    ["", "vera", "vera@", "@example.com", "vera@example", "ve ra@example.com", ".vera@example.com", "v..a@example.com",
     "vera@example.com\n", "vera@-example.com", "vera@exa--mple-.com", "vera@localhost", "vera@" + "a" * 64 + ".com"],
)  # fmt: skip
def test_these_are_none(text: str) -> None:
    assert not is_email(text)
