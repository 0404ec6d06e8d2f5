"""Guarantee S7: nothing that somebody in distress writes looks like junk."""

import random

import pytest

from leads.policy.spam import content_suspicions

FEELINGS = ["I can't sleep", "I am so tired", "nothing works", "please help", "HELP ME", "I dont know what to do", "it hurts",
            "I cry all day", "no puedo más",
            "ayuda por favor", "I lost my job", "my wife left", "is anybody there", "why",
            "tried everything", "...", "!!!", "😭😭😭", "i cant"]  # fmt: skip
REASONS = [
    "because of the pain",
    "since the accident",
    "every single night",
    "for 12 years",
    "and my doctor says wait",
    "https://example.org/my-study",
    "",
    "",
]


def a_message(rng: random.Random) -> str:
    parts = [f"{rng.choice(FEELINGS)} {rng.choice(REASONS)}".strip() for _ in range(rng.randint(1, 30))]
    text = rng.choice([" ", ". ", "\n", "\n\n", "!!! "]).join(parts * rng.choice([1, 1, 1, 2, 3]))
    return rng.choice([text, text.upper(), text.lower()])


def test_a_thousand_distressed_messages_raise_no_suspicion() -> None:
    rng = random.Random(7)
    messages = [a_message(rng) for _ in range(1000)]
    kept = [text for text in messages if text.lower().count("https://") < 3]
    assert len(kept) > 500
    assert [text for text in kept if content_suspicions(text, "Vera")] == []


@pytest.mark.parametrize(
    "text", ["", "help " * 60, "please please please", "I can't. " * 30, "no no no no no", "a", "😭" * 500, "HELP\n" * 80]
)
def test_short_loud_and_repeated_pleas_raise_none(text: str) -> None:
    assert content_suspicions(text, "Vera") == []


def test_links_are_noticed() -> None:
    assert content_suspicions("http://a.example http://b.example www.c.example", "Vera") == ["many_links"]
    assert content_suspicions("see http://a.example", "Vera") == []
    assert content_suspicions("hello", "Win www.a.example") == ["link_in_name"]
    assert content_suspicions("[url=x]y[/url]", "Vera") == ["link_markup"]


def test_what_no_human_types_is_noticed() -> None:
    assert content_suspicions("buy " * 500, "Vera") == ["repetition"]
    assert content_suspicions("The best prices for everything that you could want!\n" * 5, "Vera") == ["repetition"]
