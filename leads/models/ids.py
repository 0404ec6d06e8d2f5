"""Identifiers made before the row is written, so that ciphertext can be bound to its row and a mail knows its Message-ID."""

import secrets
import time
import uuid
from itertools import count
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.text import slugify

M = TypeVar("M", bound=Model)
SLUG_LENGTH = 40

# Crockford's alphabet: no I, L, O or U, so a reference survives being read out on the phone.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def uuid7() -> uuid.UUID:
    """A UUID whose first 48 bits are the time in milliseconds (RFC 9562): new rows land side by side in the index."""
    milliseconds = time.time_ns() // 1_000_000
    number = milliseconds << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76) | 7 << 76
    return uuid.UUID(int=number & ~(0x3 << 62) | 2 << 62)


def new_reference() -> str:
    """Eight letters and digits like `7K3M-92QX`: 40 random bits, so nobody can guess a neighbour's."""
    number = secrets.randbits(40)
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(0, 40, 5))
    return f"{letters[:4]}-{letters[4:]}"


def free_slug(rows: QuerySet[M], name: str, without_letters: str) -> str:
    """What addresses and programs call a new row, whatever it is renamed to: after its name, with a number where another has that."""
    slug, taken = slugify(name)[:SLUG_LENGTH].strip("-") or without_letters, set(rows.values_list("slug", flat=True))
    return next(free for number in count(1) if (free := slug if number == 1 else f"{slug}-{number}") not in taken)


def asked_row(rows: QuerySet[M], text: str) -> M | None:
    """The row whose number an address or a form says."""
    return rows.filter(pk=asked_id(text)).first()


def asked_id(text: str) -> int:
    """A row's number as an address or a form says it; 0, which is no row's, for what nobody could have been given."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
