"""The short way to a letter's bytes: what is personal goes into the frame as it was printed (docs/benchmarks.md, row 4).

Only for what needs no encoding and no escape wherever it stands; everything else takes the long way through mime.py, and tests
hold the two to the same mail.
"""

import re
from collections.abc import Mapping

from leads.followup.frame import Frame, Values, filled

HEADER = re.compile(r"[!-~]+(?: [!-~]+)*")
ANYWHERE = re.compile(r"[\w.,:;=/+@-]+(?: [\w.,:;=/+@-]+)*", re.ASCII)  # nothing that HTML or a mark is made of


def spliced(own_headers: Mapping[str, str], frame: Frame, values: Values) -> bytes | None:
    """None where the long way has to be taken."""
    if not frame.printed or not _is_simple(own_headers, frame, values):
        return None
    head = "".join(f"{name}: {value}\r\n" for name, value in own_headers.items())
    return (head + filled(frame.printed, values)).encode("ascii")


def _is_simple(own_headers: Mapping[str, str], frame: Frame, values: Values) -> bool:
    return (
        all(HEADER.fullmatch(value) and len(value) < frame.room for value in own_headers.values())
        and all(map(ANYWHERE.fullmatch, values.values()))
        and 2 * sum(map(len, values.values())) < frame.room  # a link stands in its line twice
    )
