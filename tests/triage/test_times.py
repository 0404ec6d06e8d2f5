"""Times in few words, in the language that is spoken, however often they were said in another."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from leads.triage.words.times import full, short, when
from leads.triage.words.wording import one_language

ZONE = ZoneInfo("America/New_York")
NOON = datetime(2026, 6, 1, 16, 0, tzinfo=UTC)


@given(minutes=st.integers(-3_000_000, 3_000_000))
def test_in_full_it_is_what_django_says(minutes: int) -> None:
    at = NOON + timedelta(minutes=minutes)
    assert full(at, ZONE) == date_format(at.astimezone(ZONE), "l j F Y, P")


@pytest.mark.parametrize(("seconds", "said"), [
    (-5, "now"), (59.9, "now"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (86399, "23 h"), (86400, "1 d"), (1e7, "115 d"),
])  # fmt: skip
def test_one_unit_rounded_down(seconds: float, said: str) -> None:
    assert short(seconds) == said


@pytest.mark.parametrize(("days", "said"), [
    (-1, "yesterday noon"), (0, "today noon"), (1, "tomorrow noon"), (3, "Thursday noon"), (30, "1 Jul noon"), (400, "6 Jul 2027 noon"),
])  # fmt: skip
def test_the_day_as_one_would_say_it(days: int, said: str) -> None:
    assert when(NOON + timedelta(days=days), NOON, ZONE) == said


def test_each_language_keeps_its_own_words() -> None:
    for language, said in (("en", "Monday"), ("es", "lunes"), ("en", "Monday")):
        with translation.override(language), one_language():
            assert full(NOON, ZONE).startswith(said)
        with translation.override(language):
            assert full(NOON, ZONE).startswith(said)
