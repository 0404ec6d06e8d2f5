from collections.abc import Callable
from uuid import UUID

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.capture import token

nearly_tokens = st.text(max_size=120) | st.from_regex(r"[\w-]{0,40}:[\w-]{0,8}:[\w-]{0,60}", fullmatch=True)
often = settings(deadline=None, max_examples=300)


def test_it_tells_its_age() -> None:
    with time_machine.travel("2026-03-02 15:00Z", tick=False) as clock:
        issued = token.issue()
        clock.shift(12)
        read = token.read(issued)
    assert read is not None
    assert read.age == 12
    assert not read.renewed


def test_each_is_its_own() -> None:
    first, second = token.read(token.issue()), token.read(token.issue())
    assert first
    assert second
    assert first.id != second.id


def test_it_runs_out_after_a_day() -> None:
    with time_machine.travel("2026-03-02 15:00Z", tick=False) as clock:
        issued = token.issue()
        clock.shift(token.FORM_LIFETIME + 1)
        assert token.read(issued) is None


@pytest.mark.parametrize("text", ["", "x", "a:b:c", token.FORM, "\x00", "é:é:é"])
def test_a_forged_one_is_none(text: str) -> None:
    assert token.read(text) is None
    assert token.read_sent(text) is None


def test_one_kind_does_not_serve_as_the_other() -> None:
    assert token.read_sent(token.issue()) is None


@often
@given(nearly_tokens)
def test_nothing_that_somebody_made_up_is_one(text: str) -> None:
    assert token.read(text) is None
    assert token.read_sent(text) is None


@often
@given(st.uuids())
def test_the_address_of_the_thank_you_page_names_its_enquiry(enquiry_id: UUID) -> None:
    assert token.read_sent(token.sent(enquiry_id)) == enquiry_id


@often
@given(st.sampled_from([token.issue, lambda: token.sent(UUID(int=7))]), st.integers(0, 80), st.characters(codec="utf-8"))
def test_one_other_letter_and_it_is_none(issue: Callable[[], str], place: int, letter: str) -> None:
    issued = issue()
    changed = issued[:place] + letter + issued[place + 1 :]
    if changed != issued:
        assert token.read(changed) is None
        assert token.read_sent(changed) is None
