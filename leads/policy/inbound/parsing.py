"""The standard library's parser, kept from what makes it slow or deep: long headers, many of them, and parts within parts."""

import re
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import Compat32

MOST_BYTES = 5_000_000  # text stands before attachments, and nobody types this much
MOST_BYTES_OF_REPORT = 200_000  # the parser makes a message of each empty line in a delivery status
LONGEST_HEADER = 8_000
DEEPEST = 40  # parts that hold parts; a report about a forwarded mail has four
MOST_PARTS = 200
MOST_EDGES = 5_000  # lines that could begin a part
_CONTAINER = re.compile(rb"(?i)(?:^|[\r\n])content-type:\s*(?:multipart|message)/")


class ShortHeaders(Compat32):
    """Compat32, because reading a header by the newer policy's grammar can take the square of its length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER]


def parse(raw: bytes) -> Message:
    """Of a mail that is nested deeper than any real one, or cut into more parts, the header alone."""
    raw = raw[: MOST_BYTES_OF_REPORT if b"message/delivery-status" in raw[:MOST_BYTES].lower() else MOST_BYTES]
    containers = sum(1 for _ in _CONTAINER.finditer(raw))
    is_real = containers <= DEEPEST and raw.count(b"\n--") <= MOST_EDGES
    parser = BytesParser if is_real else BytesHeaderParser
    return parser(policy=ShortHeaders()).parsebytes(raw)


def parts_of(message: Message) -> list[Message]:
    """Itself and all within, in the order in which they stand."""
    found: list[Message] = []
    ahead = [message]
    while ahead and len(found) < MOST_PARTS:
        part = ahead.pop()
        found.append(part)
        ahead.extend(reversed(directly_within(part)))
    return found


def directly_within(part: Message) -> list[Message]:
    inner = part.get_payload() if part.is_multipart() else []  # asked for text, it decodes it by whatever charset the mail names
    return [each for each in inner if isinstance(each, Message)]
