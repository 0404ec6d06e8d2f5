import pytest
import time_machine

from leads.capture import token


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
