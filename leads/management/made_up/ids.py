"""Identifiers that a seed repeats: as leads.models.ids makes them, but from a number and a time that may be long past."""

from datetime import datetime
from random import Random

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_SPREAD = 0x9E3779B97F  # odd, so that no two numbers below 2^40 share a reference


def reference(number: int) -> str:
    bits = number * _SPREAD % 2**40
    return f"{_PAIRS[bits >> 30]}{_PAIRS[bits >> 20 & 1023]}-{_PAIRS[bits >> 10 & 1023]}{_PAIRS[bits & 1023]}"


def uuid_at(at: datetime, rng: Random) -> str:
    """A UUID of version 7, dashed."""
    text = f"{int(at.timestamp() * 1000):012x}7{rng.getrandbits(12):03x}{8 + rng.getrandbits(2):x}{rng.getrandbits(60):015x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
