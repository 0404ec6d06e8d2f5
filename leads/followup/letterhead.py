"""What every mail of one batch has in common: read once, not once a mail."""

from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.conf import settings

from leads.models import Clinic, Message
from leads.policy.hours import OpeningHours, opening_hours
from leads.policy.windows import SendWindows


@dataclass(frozen=True)
class Letterhead:
    address: str  # the bare one we send from
    sender: str  # with the discreet name
    zone: ZoneInfo
    hours: OpeningHours
    words: dict[str, Any]  # what every template may say about the clinic
    _windows: dict[tuple[int | None, str, str], SendWindows] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def current(cls) -> Self:
        return cls.of(Clinic.current())

    @classmethod
    def of(cls, clinic: Clinic) -> Self:
        address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        words = {
            "sender_name": clinic.sender_name,
            "postal_address": clinic.address,
            "phone": clinic.phone,
            "emergency_number": clinic.emergency_number,
            "crisis_line": clinic.crisis_line,
            "crisis_line_takes_texts": clinic.crisis_line_takes_texts,
        }
        return cls(address, formataddr((clinic.sender_name, address)), ZoneInfo(clinic.time_zone), opening_hours(), words)

    def windows_of(self, message: Message) -> SendWindows:
        """When this follow-up may leave: as its version and the lead say, on the lead's clock."""
        version = message.text.step.version if message.text else None
        zone, asked = (message.lead.time_zone, message.lead.asked_hours) if message.lead else ("", "")
        key = (version.pk if version else None, zone, asked)
        if key not in self._windows:
            self._windows[key] = SendWindows.of(version.windows if version else {}, self.hours, zone, asked)
        return self._windows[key]
