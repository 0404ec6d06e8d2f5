"""The same enquiry sent again is the same enquiry: a double click, a reload, a retry of the network."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leads.capture.origin import hashed
from leads.models import Channel, Enquiry

RETRY_WINDOW = 600  # seconds in which an identical enquiry without a key counts as a retry


class KeyReused(Exception):
    """This Idempotency-Key was used for another enquiry: the answer is 422."""


@dataclass(frozen=True)
class Fingerprint:
    key: str
    body: str

    @classmethod
    def of(cls, channel: str, key: str | None, details: dict[str, Any], now: datetime) -> "Fingerprint":
        """A program's own key stands alone. A form's token goes with what was typed: who goes back, edits and sends again writes anew."""
        body = hashed("body", json.dumps(details, sort_keys=True, default=str))
        if key is None:
            return cls(hashed("key", f"same:{body}:{int(now.timestamp()) // RETRY_WINDOW}"), body)
        return cls(hashed("key", f"{channel}:{key}:{'' if channel == Channel.API else body}"), body)

    def earlier(self) -> Enquiry | None:
        """What this key made before."""
        return Enquiry.objects.filter(capture_key=self.key).first()

    def check(self, earlier: Enquiry) -> Enquiry:
        """KeyReused where the key made something else."""
        if earlier.body_hash != self.body:
            raise KeyReused
        return earlier
