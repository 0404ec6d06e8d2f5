"""The clock somebody lives by: never guessed, and no text from outside is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.policy.zones import known_zone, zone_of, zone_of_phone


@pytest.mark.parametrize("name", ["Europe/Madrid", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5"])
def test_a_zone_is_known(name: str) -> None:
    assert known_zone(name) == name


NO_ZONES = ["", "Europe", "America/Argentina", "Mars/Olympus", "../../passwd", "/etc/localtime", "Europe/Madrid\n", "x" * 99]


@pytest.mark.parametrize("name", NO_ZONES)
def test_anything_else_is_not(name: str) -> None:
    assert known_zone(name) == ""


@given(st.text(max_size=60) | st.from_regex(r"[A-Za-z_]{0,9}(/[\w+.-]{0,9}){0,3}"))
def test_no_text_from_outside_breaks_it(name: str) -> None:
    assert known_zone(name) in ("", name)


@pytest.mark.parametrize(
    ("number", "zone"),
    [
        ("+12125550100", "America/New_York"),
        ("+34911234567", "Europe/Madrid"),
        ("+34911234567;ext=12", "Europe/Madrid"),
        ("+15550100177", ""),  # no such region
        ("+447700900123", ""),  # a mobile phone, and islands with their own clock share its code
        ("911 234", ""),
        ("+", ""),
        ("", ""),
    ],
)
def test_a_number_tells_its_zone_where_there_is_one(number: str, zone: str) -> None:
    assert zone_of_phone(number) == zone


@pytest.mark.parametrize(
    ("browser", "known", "zone"),
    [
        ("Asia/Tokyo", "Europe/Madrid", "Asia/Tokyo"),
        ("nowhere", "Europe/Madrid", "Europe/Madrid"),
        ("", "", "America/New_York"),
    ],
)
def test_the_browser_knows_best_and_the_phone_least(browser: str, known: str, zone: str) -> None:
    assert zone_of(browser, known, "+12125550100") == zone
