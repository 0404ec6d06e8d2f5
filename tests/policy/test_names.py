"""Guarantee M3: the acknowledgement repeats a name only if it looks like one."""

import pytest

from leads.policy.names import greeting_name


@pytest.mark.parametrize(
    "name", ["Vera", "Vera Lindgren", "Anne-Marie", "O’Brien", "José Ñandú", "李明", "Dr. Vera Lindgren", "अनिता", "J. R. Smith"]
)
def test_a_name_is_greeted(name: str) -> None:
    assert greeting_name(f" {name} ") == name


@pytest.mark.parametrize(
    "name",
    ["", "Vera2", "evil.com", "www.evil.com", "http://evil", "a@b", "<b>Vera</b>", "Vera\u202eareV", "💜", "x" * 41, "{{ name }}",
     "v\u0301\u0301\u0301",
     "one two three four five six", "Vera!", "-", "$100", "Vera/Otis"],
)  # fmt: skip
def test_anything_else_is_not(name: str) -> None:
    assert greeting_name(name) == ""


def test_line_breaks_never_pass() -> None:
    assert greeting_name("Vera\r\nBcc: x") == ""
    assert greeting_name("Vera\r\nLindgren") == "Vera Lindgren"
