"""The same enquiry sent again is the same enquiry: a double click, a reload, a retry of the network."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from leads.capture.origin import hashed
from leads.models import Channel, Enquiry

RETRIED_WITHIN = timedelta(minutes=10)  # for so long after the first an identical enquiry without a key is a retry


class KeyReused(Exception):
    """This Idempotency-Key was used for another enquiry: the answer is 422."""


@dataclass(frozen=True)
class Fingerprint:
    key: str
    body: str
    since: datetime | None = None  # An older enquiry holds this key no longer.

    @classmethod
    def of(cls, channel: str, key: str | None, details: dict[str, Any], now: datetime) -> "Fingerprint":
        """A program's own key stands alone. A form's token goes with what was typed: who goes back, edits and sends again writes anew."""
        body = hashed("body", json.dumps(details, sort_keys=True, default=str))
        if key is None:
            return cls(hashed("key", f"same:{body}"), body, since=now - RETRIED_WITHIN)
        return cls(hashed("key", f"{channel}:{key}:{'' if channel == Channel.API else body}"), body)

    def earlier(self) -> Enquiry | None:
        """What this key made before. What is too old lets go of it, and whoever tries again gets the key."""
        found = Enquiry.objects.filter(capture_key=self.key).first()
        if found and self.since and found.received_at < self.since:
            Enquiry.objects.filter(pk=found.pk).update(capture_key=None, body_hash="")
            return None
        return found

    def check(self, earlier: Enquiry) -> Enquiry:
        """KeyReused where the key made something else."""
        if earlier.body_hash != self.body:
            raise KeyReused
        return earlier
