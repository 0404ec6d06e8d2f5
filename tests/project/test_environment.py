"""A mistake in a setting stops the start with a sentence that names it."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from project.environment import read_choice, read_flag, read_number


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
