"""A mail as it was understood."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    REPLY = "reply"  # a person wrote it
    AUTO_REPLY = "auto_reply"  # a machine did: out of office, a receipt, a list, a mail that goes in circles
    BOUNCE = "bounce"  # ours did not arrive, or not yet
    COMPLAINT = "complaint"  # they called ours spam (RFC 5965)


@dataclass(frozen=True)
class Failure:
    """What a report says about the mail of ours that it is about."""

    recipient: str = ""
    status: str = ""  # as in RFC 3463, like 5.1.1
    hard: bool = False  # RFC 3464: only `failed` with 5.x.x; all else may pass


@dataclass(frozen=True)
class InboundMail:
    kind: Kind
    message_id: str = ""
    answers: tuple[str, ...] = ()  # the ids of what it answers, or of what it reports on; the nearest first
    tokens: tuple[str, ...] = ()  # what stands behind the plus in the addresses it came to
    from_address: str = ""  # anybody can write anything here
    from_name: str = ""
    subject: str = ""
    text: str = ""  # what they wrote, without what they quote
    quoted: str = ""
    attachments: int = 0
    failure: Failure | None = None
