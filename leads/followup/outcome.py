"""What became of one attempt to hand a mail over."""

from dataclasses import dataclass
from enum import Enum


class Result(Enum):
    SENT = "the relay took it"
    LATER = "not taken, and surely not sent: try again"
    REFUSED = "refused for good"
    DOUBT = "the line broke while the relay had the message: it may have left, or not"


@dataclass(frozen=True)
class Outcome:
    result: Result
    reason: str = ""  # a code; never the relay's words, which repeat addresses
    nobody_there: bool = False  # the relay knows that this address does not exist
    provider_id: str = ""


class Unreachable(Exception):
    """No connection to the relay: nobody's mail can leave now, and no single mail is to blame."""
