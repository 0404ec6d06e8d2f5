"""What no eye sees is left out of a line: nothing is hidden in a name, and a pasted address is read."""

import pytest

from leads.policy.typed_text import clean_line, clean_text

ZERO_WIDTH_SPACE, LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_OVERRIDE, ISOLATE, BYTE_ORDER_MARK = "\u200b", "\u200e", "\u202e", "\u2066", "\ufeff"


@pytest.mark.parametrize("mark", [ZERO_WIDTH_SPACE, LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_OVERRIDE, ISOLATE, BYTE_ORDER_MARK])
def test_marks_that_nobody_sees_are_left_out_of_a_line(mark: str) -> None:
    assert clean_line(f"{mark}ve{mark}ra@example.com{mark}") == "vera@example.com"
    assert clean_line(mark) == ""


@pytest.mark.parametrize("line", ["نمی\u200cخواهم", "👩\u200d⚕️", "שרה", "क्\u200dष"])
def test_marks_by_which_letters_are_joined_stay(line: str) -> None:
    assert clean_line(line) == line


def test_a_text_stays_as_it_was_sent() -> None:
    assert clean_text(f"{LEFT_TO_RIGHT_MARK}שרה{ISOLATE}") == f"{LEFT_TO_RIGHT_MARK}שרה{ISOLATE}"
