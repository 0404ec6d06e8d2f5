"""Mails that were made to keep a reader busy, or to make it fail: they are read like any other, at once."""

import time

import pytest

from leads.policy.inbound import read_mail

SECONDS = 5
PUNYCODE = b"Content-Type: text/plain; charset=punycode\n\n"
PART = b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: text/rfc822-headers; charset=punycode\n\n"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(PUNYCODE + b"a-" + b"z9" * 500_000, id="a charset for the names of hosts"),
        pytest.param(PUNYCODE + b"\xff-" + b"z9" * 500_000, id="the same, in bytes that are none of it"),
        pytest.param(PART + b"\xff-" + b"z9" * 500_000, id="the same, in a report"),
        pytest.param(b"\n" + (b"--" + b" " * 1900 + b"x\n") * 50, id="a rule that never ends"),
        pytest.param(b"\n" + (b"--original message" + b" " * 1900 + b"x\n") * 50, id="a rule whose end never ends"),
        pytest.param(b"\n" + (b"1234 <" + b"@" * 1900 + b"\n") * 50, id="an address of nothing but @"),
        pytest.param(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 1_000_000, id="a million parts"),
    ],
)
def test_it_is_read_at_once(raw: bytes) -> None:
    before = time.process_time()
    read_mail(raw)
    assert time.process_time() - before < SECONDS


def test_a_letter_whose_number_has_too_many_digits_is_left_out() -> None:
    for number in (b"&#" + b"9" * 5000 + b";", b"&#x" + b"f" * 5000):
        assert read_mail(b"Content-Type: text/html\n\nbefore " + number + b" after").text == "before after"


def test_letters_with_a_number_are_read() -> None:
    assert read_mail(b"Content-Type: text/html\n\nGr&#246;&#xdf;e").text == "Größe"


def test_a_rule_between_spaces_is_one_still() -> None:
    mail = read_mail(b"\nTuesday suits me.\n\n  -----  Original Message  -----\nWhen?")
    assert (mail.text, mail.quoted) == ("Tuesday suits me.", "-----  Original Message  -----\nWhen?")


def test_many_lines_of_dashes_are_text() -> None:
    assert read_mail(b"Subject: a list\n\n" + b"-- one\n" * 6000).text.count("-- one") > 4000
