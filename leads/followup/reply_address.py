"""The address that answers to a mail come to: `reply+<token>@…`. The token is the lead's reference, signed with 128 bits.

In lower case and without the hyphen, because some servers change both in an address.
"""

import base64

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from leads.models import Message, MessageKind

REFERENCE = 8  # letters
TO_VISITORS = (MessageKind.ACKNOWLEDGEMENT, MessageKind.FOLLOWUP, MessageKind.ANSWER, MessageKind.BOOKING, MessageKind.REMINDER)


def reply_address(message: Message) -> dict[str, str]:
    """As part of a mail's context; nothing where no such address is set, or the mail goes to staff."""
    if not settings.REPLY_ADDRESS or message.lead is None or message.kind not in TO_VISITORS:
        return {}
    mailbox, _, domain = settings.REPLY_ADDRESS.partition("@")
    return {"reply_to": f"{mailbox}+{token_of(message.lead.reference)}@{domain}"}


def token_of(reference: str) -> str:
    letters = reference.replace("-", "").lower()
    return letters + _signature(letters)


def reference_in(token: str) -> str | None:
    """None where we never made this token."""
    letters, signature = token[:REFERENCE], token[REFERENCE:]
    if not constant_time_compare(signature, _signature(letters)):
        return None
    return f"{letters[:4]}-{letters[4:]}".upper()


def _signature(letters: str) -> str:
    digest = salted_hmac("leads.followup.reply_address", letters, algorithm="sha256").digest()
    return base64.b32encode(digest[:16]).decode().rstrip("=").lower()
