"""The link to a visitor's own page. Its token names the lead and the address it was mailed to; signed with 256 bits, good for thirty days.

It says nothing about the person: the address is in it as a keyed hash. Where the address changes, links that went to the old one end,
for it may be somebody else's by then.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlencode

SALT = "leads.followup.own_page"  # links that were mailed are signed with it
# Long enough for an answer and the follow-ups after it, not for as long as a mailbox is kept; a fresh link is one press away.
LASTS = timedelta(days=30)


@dataclass(frozen=True)
class OwnPageToken:
    reference: str  # of the lead, or of one of its enquiries
    mailed_to: str  # hashed

    def went_to(self, address: str) -> bool:
        return bool(address) and constant_time_compare(self.mailed_to, _hashed(address))


def token_of(reference: str, address: str) -> str:
    """`address` is normalised. Only ever sent to that address."""
    return signing.dumps([reference, _hashed(address)], salt=SALT)


def read(token: str, lasts: timedelta | None = LASTS) -> OwnPageToken | None:
    """None where it is forged, damaged or older than `lasts`."""
    try:
        reference, mailed_to = signing.loads(token, salt=SALT, max_age=lasts)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return OwnPageToken(reference, mailed_to)


def own_page_url(reference: str, address: str, language: str) -> str:
    query = f"?{urlencode({'lang': language})}" if language != settings.LANGUAGE_CODE else ""
    return f"{settings.PUBLIC_URL}{reverse('own_page', args=[token_of(reference, address)])}{query}"


def _hashed(address: str) -> str:
    return salted_hmac(SALT, address).hexdigest()[:16]
