"""A mistake in a setting stops the start with a sentence that names it."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from project.environment import (
    parse_address,
    parse_email_url,
    parse_inbox_url,
    parse_rates,
    parse_webhook_secret,
    read_choice,
    read_flag,
    read_number,
)


@pytest.mark.parametrize(("text", "flag"), [("on", True), ("TRUE", True), ("1", True), ("off", False), ("no", False), ("", True)])
def test_a_flag_is_on_or_off(monkeypatch: pytest.MonkeyPatch, text: str, flag: bool) -> None:
    monkeypatch.setenv("REQUIRE_MFA", text)
    assert read_flag("REQUIRE_MFA", True) is flag


@pytest.mark.parametrize("text", ["enabled", "y", "2", "-"])
def test_an_unknown_word_is_never_a_silent_no(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("REQUIRE_MFA", text)
    with pytest.raises(ImproperlyConfigured, match="REQUIRE_MFA"):
        read_flag("REQUIRE_MFA", True)


@pytest.mark.parametrize("text", ["abc", "0", "-1", "1.5", "\u00b2"])
def test_a_number_is_one(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(ImproperlyConfigured, match="PORT"):
        read_number("PORT", 8000)


def test_what_is_not_set_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    assert read_number("PORT", 8000) == 8000
    assert read_choice("PORT", "local", ("local", "production")) == "local"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODE", "prod"),
        ("PORT", "abc"),
        ("EMAIL_TIMEOUT", "ten"),
        ("LOG_LEVEL", "foo"),
        ("REQUIRE_MFA", "enabled"),
        ("MAIL_CONNECTIONS", "0"),
    ],
)
def test_the_command_line_says_it_in_one_line(name: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], env=os.environ | {name: value}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"Leadwell can't start. {name} is '{value}'")
    assert done.stderr.count("\n") == 1


SMTP = {
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "relay.example.com",
    "EMAIL_HOST_USER": "",
    "EMAIL_HOST_PASSWORD": "",
    "EMAIL_USE_SSL": False,
    "EMAIL_USE_TLS": False,
}


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("smtp://relay.example.com", {"EMAIL_PORT": 25}),
        ("smtps://relay.example.com", {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True}),
        ("smtp+tls://relay.example.com:2525", {"EMAIL_PORT": 2525, "EMAIL_USE_TLS": True}),
        (
            "smtp://vera%40example.com:p%3Ass@relay.example.com",
            {"EMAIL_PORT": 25, "EMAIL_HOST_USER": "vera@example.com", "EMAIL_HOST_PASSWORD": "p:ss"},
        ),
        ("smtp://", {"EMAIL_PORT": 25, "EMAIL_HOST": "localhost"}),
    ],
)
def test_a_relay_is_where_its_address_says(url: str, says: dict[str, object]) -> None:
    assert parse_email_url(url) == SMTP | says


@pytest.mark.parametrize(
    ("url", "backend", "options"),
    [
        ("postmark://AbC-1", "postmark", {"POSTMARK_SERVER_TOKEN": "AbC-1"}),
        ("sendgrid://SG.Ab%2Fc@", "sendgrid", {"SENDGRID_API_KEY": "SG.Ab/c"}),
        ("mailgun://Key?sender_domain=mg.example.com", "mailgun", {"MAILGUN_API_KEY": "Key", "MAILGUN_SENDER_DOMAIN": "mg.example.com"}),
    ],
)
def test_a_provider_gets_its_key_letter_by_letter(url: str, backend: str, options: dict[str, str]) -> None:
    assert parse_email_url(url) == {"EMAIL_BACKEND": f"anymail.backends.{backend}.EmailBackend", "ANYMAIL": options}


@pytest.mark.parametrize(
    "url", ["http://relay.example.com", "relay.example.com:25", "smtp://relay:abc", "smtp://relay:99999", "smtp://[::1", "postmark://", ""]
)
def test_an_address_of_no_relay_is_said(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        parse_email_url(url)


def test_a_mistake_in_an_address_gives_no_password_away() -> None:
    with pytest.raises(ImproperlyConfigured) as found:
        parse_email_url("smtp://vera:se/cret@relay.example.com")  # the slash had to be %2F
    assert "'se'" not in str(found.value)
    assert "cret" not in str(found.value)


@pytest.mark.parametrize("text", ["", "tracker:correct-horse-battery"])
def test_the_secret_of_webhooks_is_a_name_and_a_password(text: str) -> None:
    assert parse_webhook_secret(text) == text


@pytest.mark.parametrize(
    "text", ["short:secret", "correct-horse-battery", ":correct-horse-battery", "a:correct/horse/battery", "a:bc:de" * 9]
)
def test_a_secret_that_no_address_can_hold_is_said_without_saying_it(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MAIL_WEBHOOK_SECRET") as found:
        parse_webhook_secret(text)
    assert text not in str(found.value)


def test_a_rate_is_for_a_domain_and_for_all() -> None:
    assert parse_rates("Gmail.com=20/m, *=600/10s") == {"gmail.com": (20, 60), "*": (600, 10)}
    assert parse_rates("") == {}


@pytest.mark.parametrize("text", ["20/m", "gmail.com", "gmail.com=20", "gmail=20/m", "*=0/m", "*=5/0m", "*=5/w", "*=-5/m", "*=1/m,*=2/m"])
def test_a_mistake_in_a_rate_is_said(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MAIL_RATE"):
        parse_rates(text)


INBOX = {"security": "tls", "host": "mail.example.com", "port": 993, "user": "reply", "password": "s3cret", "folder": "INBOX"}


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("imaps://reply:s3cret@mail.example.com/INBOX", {}),
        ("imaps://reply:s3cret@mail.example.com", {}),
        ("imap+tls://reply%40example.com:a%2Fb%40c@mail.example.com:1143/Answers%20to%20us/",
         {"security": "starttls", "port": 1143, "user": "reply@example.com", "password": "a/b@c", "folder": "Answers to us"}),
        ("imap://reply:s3cret@localhost", {"security": "none", "host": "localhost", "port": 143}),
    ],
)  # fmt: skip
def test_a_mailbox_is_where_its_address_says(url: str, says: dict[str, object]) -> None:
    assert parse_inbox_url(url) == INBOX | says


@pytest.mark.parametrize(
    "url",
    [
        *("mail.example.com", "https://reply:s3cret@mail.example.com", "imaps://mail.example.com", "imaps://reply@mail.example.com"),
        *("imaps://reply:s3cret@", "imaps://reply:s3/cret@mail.example.com", 'imaps://reply:s3cret@mail.example.com/a"b'),
        "imaps://reply:s3cret@mail.example.com/a%0Ab",
    ],
)
def test_a_mailbox_that_cannot_be_one_is_a_sentence_without_the_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^INBOX_URL") as caught:
        parse_inbox_url(url)
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize("text", ["reply", "reply+x@example.com", "Reply@example.com", f"{'r' * 25}@example.com", "reply@example.com\n"])
def test_a_reply_address_takes_a_token(text: str) -> None:
    assert parse_address("REPLY_ADDRESS", "reply@example.com") == "reply@example.com"
    with pytest.raises(ImproperlyConfigured, match="REPLY_ADDRESS"):
        parse_address("REPLY_ADDRESS", text)
