"""What is plain to see is what the library would say."""

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from leads.policy.email_format import PLAIN, SHORT, is_email


def joined(sign: str, letters: str, parts: int) -> st.SearchStrategy[str]:
    """Up to so many words of these letters, with the sign between them."""
    return st.lists(st.text(letters, min_size=1, max_size=6), min_size=1, max_size=parts).map(sign.join)


PLAINLY = st.tuples(joined(".", "azAZ09_+-", 3), joined(".", "azAZ09-", 3), st.sampled_from(["com", "EDU", "gov", "net", "org"]))


@given(PLAINLY.map("{0[0]}@{0[1]}.{0[2]}".format))
def test_a_plain_address_is_one_by_the_book(text: str) -> None:
    if len(text) <= SHORT and PLAIN.fullmatch(text):
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
