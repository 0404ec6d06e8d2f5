import pytest

from leads.policy.typo import likely_domain


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("gmial.com", "gmail.com"), ("gmai.com", "gmail.com"), ("gmaill.com", "gmail.com"), ("gmail.con", "gmail.com"),
        ("gnail.con", "gmail.com"),
        ("gmail.co", "gmail.com"), ("GMAIL.CMO", "gmail.com"), ("hotmial.com", "hotmail.com"), ("yaho.com", "yahoo.com"),
        ("outlok.com", "outlook.com"),
        ("iclould.com", "icloud.com"), ("comcast.nte", "comcast.net"),
    ],
)  # fmt: skip
def test_a_slip_is_noticed(domain: str, meant: str) -> None:
    assert likely_domain(f"vera@{domain}") == meant


@pytest.mark.parametrize(
    "email",
    [
        "vera@gmail.com",
        "vera@mail.com",
        "vera@ymail.com",
        "vera@example.com",
        "vera@proton.me",
        "vera@yahoo.co.uk",
        "vera@",
        "",
        "vera",
        "vera@gmx.com",
    ],
)
def test_an_ordinary_address_is_not(email: str) -> None:
    assert likely_domain(email) is None
