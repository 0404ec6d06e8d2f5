"""The token of a visitor's own page: nobody guesses one, it says nothing about the person, and it ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.capture import token as capture_tokens
from leads.followup import optout, own_link
from leads.models import Lead

often = settings(deadline=None, max_examples=300)
REFERENCE, ADDRESS = "7K3M-92QX", "vera@example.com"


def test_it_names_the_lead_and_knows_the_address_it_went_to() -> None:
    read = own_link.read(own_link.token_of(REFERENCE, ADDRESS))
    assert read
    assert read.reference == REFERENCE
    assert read.went_to(ADDRESS)
    assert not read.went_to("theo@example.com")
    assert not read.went_to("")


def test_it_says_nothing_about_the_person_and_can_not_be_guessed() -> None:
    token = own_link.token_of(REFERENCE, ADDRESS)
    assert not {"vera", "example", REFERENCE.lower()} & set(token.lower().split(":"))
    assert len(token.rpartition(":")[2]) * 6 >= 128


@pytest.mark.parametrize(("days", "works"), [(29, True), (31, False)])
def test_it_works_for_thirty_days(days: int, works: bool) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=days)):
        token = own_link.token_of(REFERENCE, ADDRESS)
    assert bool(own_link.read(token)) is works
    assert own_link.read(token, lasts=None)


@pytest.mark.parametrize(
    "other", [lambda: capture_tokens.issue(), lambda: optout.token_of(Lead(reference=REFERENCE)), lambda: "", lambda: "\x00"]
)
def test_no_other_token_of_ours_serves(other: Callable[[], str]) -> None:
    assert own_link.read(other()) is None


@often
@given(st.text(max_size=120) | st.from_regex(r"[\w-]{0,60}:[\w-]{0,8}:[\w-]{0,60}", fullmatch=True))
def test_nothing_that_somebody_made_up_is_one(text: str) -> None:
    assert own_link.read(text, lasts=None) is None


@often
@given(st.integers(0, 92), st.characters(codec="utf-8"))
def test_one_other_letter_and_it_is_none(place: int, letter: str) -> None:
    token = own_link.token_of(REFERENCE, ADDRESS)
    changed = token[:place] + letter + token[place + 1 :]
    assert changed == token or own_link.read(changed, lasts=None) is None
