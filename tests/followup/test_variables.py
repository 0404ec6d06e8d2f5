"""Variables in texts that staff write: a short list, and never a template."""

import pytest

from leads.followup.variables import greeting, rendered, unknown, without_fallback

WORDS = {"name": "Vera", "reference": "7K3M-4XQP", "phone": ""}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello {{ name|there }},", "Hello Vera,"),
        ("{{name}}{{ reference }}", "Vera7K3M-4XQP"),
        ("{{ phone|our number }}", "our number"),
        ("{{ secret }}!", "!"),
        ("{% load x %}{{ name.__class__ }}", "{% load x %}{{ name.__class__ }}"),
        ("nothing", "nothing"),
    ],
)
def test_a_variable_says_its_word_or_its_fallback(text: str, said: str) -> None:
    assert rendered(text, WORDS) == said


def test_what_somebody_typed_is_no_variable() -> None:
    assert rendered("{{ name }}", {"name": "{{ reference }}", "reference": "7K3M-4XQP"}) == "{{ reference }}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ name|you }} {{ greeting }}", []),
        ("{{ diagnosis }} {{diagnosis}}", ["diagnosis"]),
        ("{{ name.__class__ }}", ["{{", "}}"]),
        ("{{ name|{{ x }} }}", ["x", "{{", "}}"]),
    ],
)
def test_what_is_no_variable_is_found(text: str, found: list[str]) -> None:
    assert unknown(text) == found


def test_a_name_that_may_be_missing_needs_a_fallback() -> None:
    assert without_fallback("{{ name }} {{ name| }} {{ reference }}") == ["name"]
    assert without_fallback("{{ name|you }}") == []


@pytest.mark.parametrize(("name", "language", "said"), [("Vera", "es", "Hola, Vera:"), ("", "es", "Hola:"), ("", "fr", "Hello,")])
def test_the_greeting_is_a_whole_line(name: str, language: str, said: str) -> None:
    assert greeting(name, language) == said
