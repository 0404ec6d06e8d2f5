from datetime import date

from leads.policy.holidays import public_holidays


def test_a_part_of_the_country_has_its_own() -> None:
    assert date(2026, 2, 12) in public_holidays("US", "NY", 2026)  # Lincoln's Birthday
    assert date(2026, 2, 12) not in public_holidays("US", "", 2026)


def test_an_unknown_part_has_the_country_s() -> None:
    assert public_holidays("US", "??", 2026) == public_holidays("US", "", 2026)


def test_an_unknown_country_has_none() -> None:
    assert public_holidays("", "", 2026) == public_holidays("XX", "YY", 2026) == frozenset()


def test_observed_days_count() -> None:
    assert date(2026, 7, 3) in public_holidays("US", "", 2026)
