"""Opening hours as people write them, one line a day: `9:00-12:30, 14:00-17:00`."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Periods = list[list[str]]  # [["09:00", "12:30"], …], as the clinic's row keeps them
DAYS = range(7)  # Monday first

_TIME = r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*([ap]m?)?"  # \d takes digits of other scripts, too, that nobody could read again
_PERIOD = re.compile(rf"{_TIME}\s*(?:-|–|—|to|a)\s*{_TIME}", re.IGNORECASE)


def read_periods(text: str) -> Periods:
    """`9-12:30, 2 pm to 5 pm` as [["09:00", "12:30"], ["14:00", "17:00"]]; nothing at all means closed."""
    periods = [_read_period(part.strip()) for part in text.split(",") if part.strip()]
    starts_and_ends = [at for period in periods for at in period]
    if starts_and_ends != sorted(set(starts_and_ends)):
        raise ValidationError(_("Each time must come after the one before it, like 9:00–12:30, 14:00–17:00."))
    return periods


def read_week(typed: dict[str, Any], name: str) -> dict[str, Periods]:
    """Takes what was typed as `<name>_0` to `<name>_6` out of `typed`; days on which it is closed are left out. What can't be read is told
    by these names.
    """
    week: dict[str, Periods] = {}
    wrong: dict[str, ValidationError] = {}
    for day in DAYS:
        try:
            periods = read_periods(typed.pop(f"{name}_{day}", ""))
        except ValidationError as error:
            wrong[f"{name}_{day}"] = error
        else:
            week |= {str(day): periods} if periods else {}
    if wrong:
        raise ValidationError(wrong)
    return week


def show_periods(periods: Periods) -> str:
    return ", ".join(f"{opens.removeprefix('0')}–{closes.removeprefix('0')}" for opens, closes in periods)


def _read_period(text: str) -> list[str]:
    match = _PERIOD.fullmatch(text)
    if not match:
        raise ValidationError(_("Write the hours like 9:00–17:00, or leave the day empty when you are closed."))
    return [_read_time(*match.groups()[:3]), _read_time(*match.groups()[3:])]


def _read_time(hour: str, minute: str | None, half: str | None) -> str:
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half.lower().startswith("p") else 0)
    if hours > 24 or int(minute or 0) > 59 or (hours == 24 and int(minute or 0)):
        raise ValidationError(_("A day has the hours 0:00 to 24:00."))
    return f"{hours:02}:{minute or '00'}"
