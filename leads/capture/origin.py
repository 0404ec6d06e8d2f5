"""Where an enquiry came from: address, language, page; and what about it was suspicious."""

import hmac
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from leads.policy.client import address_block, client_address
from leads.policy.typed_text import clean_line


@dataclass(frozen=True)
class Origin:
    address: str = ""  # of the client; empty where a colleague types an enquiry in
    language: str = "en"
    page: str = ""
    referrer: str = ""
    utm: dict[str, str] = field(default_factory=dict)
    suspicions: list[str] = field(default_factory=list)  # codes: honeypot, too_fast, …
    zone: str = ""  # the browser's time zone, as it came

    @cached_property
    def block(self) -> str:
        """A keyed hash of the address block that limits count."""
        return hashed("address", address_block(self.address)) if self.address else ""


def hashed(salt: str, text: str) -> str:
    """For what has to be recognised again, but not read."""
    return hmac.digest(_key(salt, settings.SECRET_KEY), text.encode(), "sha256").hex()


@lru_cache
def _key(salt: str, secret: str) -> bytes:
    return hmac.digest(secret.encode(), f"leads.{salt}".encode(), "sha256")


def origin_of(
    request: HttpRequest,
    *,
    page: str = "",
    referrer: str | None = None,
    utm: dict[str, str] | None = None,
    suspicions: list[str] | None = None,
    zone: str = "",
) -> Origin:
    """What comes from outside is cleaned and cut. `referrer`: by default, what the request says."""
    return Origin(
        address=client_address(request),
        language=get_language() or settings.LANGUAGE_CODE,
        page=clean_line(page)[:300],
        referrer=clean_line(request.META.get("HTTP_REFERER", "") if referrer is None else referrer)[:300],
        utm={clean_line(key)[:40]: clean_line(value)[:200] for key, value in list((utm or {}).items())[:10]},
        suspicions=suspicions or [],
        zone=zone,
    )
