"""Numbers that a phone can dial, from numbers that people can read."""

import pytest

from leads.templatetags.contact import dial


@pytest.mark.parametrize(
    ("shown", "dialled"),
    [
        ("(555) 010-0199", "5550100199"),
        ("+1 (555) 010-0199", "+15550100199"),
        (" +49 30 / 123 456", "+4930123456"),
        ("988", "988"),
        ("5+5", "55"),
        ("call us", ""),
        ("", ""),
    ],
)
def test_only_digits_and_a_leading_plus_are_dialled(shown: str, dialled: str) -> None:
    assert dial(shown) == dialled
