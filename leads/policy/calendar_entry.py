"""A time as a calendar reads it (RFC 5545): the dozen lines that a booking needs. It tells no more than a mail's sender."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

LONGEST_LINE = 75  # octets, the line's end aside
IN_ADDRESS = "@!$&'*+-.=_~"  # what stands for itself behind mailto:


@dataclass(frozen=True)
class CalendarEntry:
    uid: str
    revision: int  # a calendar keeps the highest that it has seen of a uid
    stamped_at: datetime
    starts_at: datetime
    minutes: int
    summary: str
    organizer: str  # addresses, both
    attendee: str
    cancelled: bool = False

    @property
    def method(self) -> str:
        return "CANCEL" if self.cancelled else "REQUEST"

    def as_text(self) -> str:
        """Lines end in CRLF. Whatever stands in a field stays in its line."""
        return "".join(map(_folded, self._lines()))

    def _lines(self) -> list[str]:
        organizer = f'ORGANIZER;CN="{_one_line(self.summary).replace(chr(34), "")}":mailto:{_address(self.organizer)}'
        return [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Leadwell//Leadwell//EN",
            f"METHOD:{self.method}",
            "BEGIN:VEVENT",
            f"UID:{_text(self.uid)}",
            f"SEQUENCE:{self.revision}",
            f"DTSTAMP:{_utc(self.stamped_at)}",
            f"DTSTART:{_utc(self.starts_at)}",
            f"DTEND:{_utc(self.starts_at + timedelta(minutes=self.minutes))}",
            f"SUMMARY:{_text(self.summary)}",
            f"STATUS:{'CANCELLED' if self.cancelled else 'CONFIRMED'}",
            "CLASS:PRIVATE",
            organizer,
            f"ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{_address(self.attendee)}",
            "END:VEVENT",
            "END:VCALENDAR",
        ]


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\;," else letter for letter in _one_line(text))


def _one_line(text: str) -> str:
    return "".join(filter(str.isprintable, " ".join(text.split())))


def _address(address: str) -> str:
    return quote(address, safe=IN_ADDRESS, errors="replace")


def _folded(line: str) -> str:
    """Every line after the first begins with a space that is none (RFC 5545, 3.1). No letter is cut in two."""
    parts, room = [""], LONGEST_LINE
    for letter in line:
        size = len(letter.encode(errors="replace"))
        if size > room:
            parts.append(" ")
            room = LONGEST_LINE - 1
        parts[-1] += letter
        room -= size
    return "\r\n".join(parts) + "\r\n"
