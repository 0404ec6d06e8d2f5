"""On which clock somebody lives: what their browser says, else what their phone number tells without doubt. "" where nobody knows."""

import re
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
from phonenumbers import timezone

LONGEST = 40
REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
_NAME = re.compile(r"UTC|[A-Za-z_]+(?:/[\w+-]+){1,2}", re.ASCII)


def known_zone(name: str) -> str:
    """The name, where it is one of a time zone. Anybody can send any text."""
    if len(name) > LONGEST or not _NAME.fullmatch(name):
        return ""
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # no such zone, or a folder of zones
        return ""
    return name


@lru_cache(maxsize=1)
def places() -> tuple[str, ...]:
    """The time zones by region and place, as people look for them."""
    return tuple(sorted(zone for zone in available_timezones() if zone.startswith(REGIONS) and known_zone(zone)))


def zone_of_phone(number: str) -> str:
    """By country and region. A number that rings in several zones tells nothing. `number` normalised."""
    if not number.startswith("+"):
        return ""
    try:
        zones = timezone.time_zones_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return ""
    return known_zone(zones[0]) if len(zones) == 1 and zones[0] != "Etc/Unknown" else ""


def zone_of(browser: str, known: str, phone: str) -> str:
    """A browser knows best; then stays what we knew before, and then the phone is asked."""
    return known_zone(browser) or known or zone_of_phone(phone)
