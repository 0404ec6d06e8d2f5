"""The same person: equal address and equal first word of the name."""

import pytest

from leads.policy.identity import first_word, identity_key, normal_email, normal_phone


@pytest.mark.parametrize(
    "name", ["Vera", "vera lindgren", "  VERA  L.", "Véra", "Ve\u0301ra", "Ｖｅｒａ", "Dr. Vera Lindgren", "Vera, Lindgren"]
)
def test_the_first_word_of_the_name_counts_accents_and_case_aside(name: str) -> None:
    assert first_word(name) == "vera"


def test_two_doctors_behind_one_address_are_two_people() -> None:
    assert identity_key("Dr. Vera", "desk@example.com", "") != identity_key("Dr. Otis", "desk@example.com", "")


@pytest.mark.parametrize(
    ("name", "word"), [("Dr.", "dr"), ("", ""), ("💜", ""), ("O'Brien", "obrien"), ("Anne-Marie K", "annemarie"), ("李 明", "李")]
)
def test_other_names(name: str, word: str) -> None:
    assert first_word(name) == word


def test_the_email_counts_before_the_phone() -> None:
    assert identity_key("Vera", "vera@example.com", "+12125550123") == identity_key("Vera", "vera@example.com", "")
    assert identity_key("Vera", "", "+12125550123") != identity_key("Vera", "", "+12125550124")


def test_without_an_address_nobody_is_the_same() -> None:
    assert identity_key("Vera", "", "") == ""


@pytest.mark.parametrize("typed", ["vera@example.com", " Vera@Example.COM ", "ｖｅｒａ@ｅｘａｍｐｌｅ.com"])
def test_emails_are_normalised(typed: str) -> None:
    assert normal_email(typed) == "vera@example.com"


def test_an_international_domain_has_one_form() -> None:
    assert normal_email("vera@Bücher.example") == normal_email("vera@xn--bcher-kva.example") == "vera@xn--bcher-kva.example"


def test_plus_addresses_and_dots_stay_distinct() -> None:
    assert len({normal_email(f"{local}@example.com") for local in ("vera", "vera+1", "ve.ra")}) == 3


@pytest.mark.parametrize("typed", ["(212) 555-0123", "212.555.0123", "+1 212 555 0123", "1-212-555-0123", "２１２ ５５５ ０１２３"])
def test_phones_are_e164_in_the_clinic_s_country(typed: str) -> None:
    assert normal_phone(typed, "US") == "+12125550123"


def test_a_phone_of_another_country_is_read_there() -> None:
    assert normal_phone("030 123456", "DE") == "+4930123456"


def test_an_extension_is_kept() -> None:
    assert normal_phone("212 555 0123 ext. 7", "US") == "+12125550123;ext=7"


@pytest.mark.parametrize(("typed", "kept"), [("ask  for Vera ", "ask for Vera"), ("12", "12"), ("", ""), ("9" * 300, "9" * 40)])
def test_what_is_no_number_stays_as_typed(typed: str, kept: str) -> None:
    assert normal_phone(typed, "US") == kept
