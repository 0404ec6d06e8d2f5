"""Exact rate limits. Above one, the enquiry goes to Check; only a flood is refused (guarantees S2)."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from leads.capture.origin import Origin, hashed
from leads.models import Lead, limit
from leads.models.statements import Statement

DAY = 86400
MINUTE = 60
PER_EMAIL = 3  # a day
FLOOD = 60  # a minute from one address block


CHANGES = 10  # an hour, of one lead, from its own page
HOUR = 3600


class Flooded(Exception):
    """So many from one address block that we stop reading: the answer is 429 with crisis help."""


def flood_level() -> int:
    """Never below what CAPTURE_LIMITS lets through."""
    return max(FLOOD, *(count for count, _ in settings.CAPTURE_LIMITS))


def counting(origin: Origin, email: str, now: datetime) -> Statement:
    """Counts this enquiry; what it returns is for `judge`."""
    keys = [(f"address:{seconds}", origin.block, seconds) for _, seconds in settings.CAPTURE_LIMITS]
    keys.append(("flood", origin.block, MINUTE))
    if email:
        keys.append(("email", hashed("email", email), DAY))
    return limit.counting(keys, now)


def count_retry(origin: Origin, now: datetime) -> None:
    """A retry makes nothing and its counts went with its transaction, but it can be part of a flood. Raises Flooded."""
    if limit.count_up([("flood", origin.block, MINUTE)], now)["flood"] > flood_level():
        raise Flooded


def count_change(lead: Lead) -> None:
    """Nobody changes their mind so often. Raises Flooded."""
    if limit.count_up([("own_page", str(lead.pk), HOUR)], timezone.now())["own_page"] > CHANGES:
        raise Flooded


def judge(counts: dict[str, int]) -> tuple[list[str], bool]:
    """(The limits that these counts are above, as suspicions; whether it is part of a flood.)"""
    above = [f"address:{seconds}" for most, seconds in settings.CAPTURE_LIMITS if counts[f"address:{seconds}"] > most]
    if counts.get("email", 0) > PER_EMAIL:
        above.append("email")
    return [f"limit_{scope.replace(':', '_')}" for scope in above], counts["flood"] > flood_level()
