"""Two signed tokens that stand for a session and a CSRF cookie: one in the form, one in the address of the thank-you page."""

import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing

FORM = "leads.capture.form"
SENT = "leads.capture.sent"
FORM_LIFETIME = 24 * 3600  # as long as its key is remembered
SENT_LIFETIME = 3600


@dataclass(frozen=True)
class FormToken:
    id: str  # the key under which the same form sent twice is one enquiry
    age: float  # seconds since the page was shown
    renewed: bool  # made when an older one had run out, so the form was filled in before


def issue(*, renewed: bool = False) -> str:
    return signing.dumps([secrets.token_urlsafe(16), time.time(), renewed], salt=FORM)


def read(token: str) -> FormToken | None:
    """None where the token is forged, damaged or older than a day."""
    try:
        form_id, issued, renewed = signing.loads(token, salt=FORM, max_age=FORM_LIFETIME)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return FormToken(form_id, max(0.0, time.time() - issued), renewed)


def sent(enquiry_id: UUID) -> str:
    """Names the enquiry by its id alone: nothing personal stands in an address."""
    return signing.dumps(enquiry_id.hex, salt=SENT)


def read_sent(token: str, lasts: timedelta | None = timedelta(seconds=SENT_LIFETIME)) -> UUID | None:
    """The enquiry's id, for an hour."""
    try:
        return UUID(signing.loads(token, salt=SENT, max_age=lasts))
    except (signing.BadSignature, ValueError, TypeError):
        return None
