"""Whatever somebody types as opening hours is refused or read: then the clinic can keep it, and is shown it again."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.policy.hours import parse_week
from leads.policy.periods import Periods, read_periods, show_periods

nearly_hours = st.text("0123456789:.,–- apmto\u202f٠٩", max_size=40) | st.text(max_size=80)
days = st.lists(st.times(), unique_by=lambda at: (at.hour, at.minute), max_size=8).map(sorted)
lines = settings(deadline=None, max_examples=300)


def written(at: time, clock: str) -> str:
    """As somebody does who counts to 12, or to 24."""
    return f"{at.hour % 12 or 12}:{at:%M} {'pm' if at.hour >= 12 else 'am'}" if clock == "am and pm" else f"{at.hour}.{at:%M}"


def read(text: str) -> Periods | None:
    try:
        return read_periods(text)
    except ValidationError:
        return None


@lines
@given(nearly_hours)
def test_what_is_accepted_is_hours_and_is_read_again(text: str) -> None:
    periods = read(text)
    if periods is not None:
        assert read(show_periods(periods)) == periods
        parse_week({"0": periods})  # as every promise to a visitor reads it


@pytest.mark.parametrize("text", ["9:٠٠-17:00", "٩-17"])
def test_digits_of_another_script_are_refused(text: str) -> None:
    assert read(text) is None


@lines
@given(days, st.sampled_from(["am and pm", "24"]), st.sampled_from(["-", " – ", " to ", "\u202f—\u202f"]))
def test_any_day_can_be_written(day: list[time], clock: str, dash: str) -> None:
    pairs = list(zip(day[::2], day[1::2], strict=False))
    line = ", ".join(dash.join(written(at, clock) for at in pair) for pair in pairs)
    assert read(line) == [[f"{at:%H:%M}" for at in pair] for pair in pairs]
