"""What we and a relay say to each other about one letter (RFC 5321), apart from the line it travels on.

Before the message every failure is safe to try again. After it, silence is a doubt (RFC 1047): the relay may have taken it.
So whatever is said carries what it would mean if the line broke before the answer came.
"""

import re
from collections.abc import Generator
from typing import NamedTuple

from leads.followup.letter import Letter
from leads.followup.outcome import Outcome, Result

Reply = tuple[int, bytes]


class Said(NamedTuple):
    text: bytes
    replies: int = 1  # how many answer it
    if_lost: Result = Result.LATER
    verdict: Outcome | None = None  # where it is known already, whatever comes now


Conversation = Generator[Said, list[Reply], Outcome]


def conversation(letter: Letter, *, pipelining: bool, utf8: bool) -> Conversation:
    """The line can be kept if the last reply was a 2xx. ValueError for an address that this relay can't be told."""
    steps = list(zip(("mail", "rcpt", "data"), _commands(letter, utf8), strict=True))
    for group in [steps] if pipelining else [[step] for step in steps]:
        replies = yield Said(b"".join(command for _, command in group), len(group))
        for (stage, _), reply in zip(group, replies, strict=True):
            if reply[0] // 100 != (3 if stage == "data" else 2):
                return (yield from _refused(stage, reply, waits_for_message=replies[-1][0] == 354))
    (reply,) = yield Said(_stuffed(letter.as_bytes()) + b".\r\n", if_lost=Result.DOUBT)
    return Outcome(Result.SENT) if reply[0] // 100 == 2 else (yield from _refused("message", reply))


def _stuffed(content: bytes) -> bytes:
    """A line that begins with a dot would end the message (RFC 5321, 4.5.2)."""
    return re.sub(rb"(?m)^\.", b"..", content) if b"\n." in content or content.startswith(b".") else content


def _commands(letter: Letter, utf8: bool) -> list[bytes]:
    """An address in another script needs a relay that speaks it."""
    plain = letter.recipient.isascii()
    if not plain and not utf8:
        raise ValueError("This relay takes ASCII addresses only.")
    commands = [f"MAIL FROM:<{letter.sender}>{'' if plain else ' SMTPUTF8'}", f"RCPT TO:<{letter.recipient}>", "DATA"]
    if any(sign in command for command in commands for sign in "\r\n"):
        raise ValueError("A command is one line.")
    return [f"{command}\r\n".encode("ascii" if plain else "utf-8") for command in commands]


def _refused(stage: str, reply: Reply, waits_for_message: bool = False) -> Conversation:
    """A relay that wants the message although it refused the way there (RFC 2920) gets an empty one, which it can't deliver."""
    outcome = _meaning(stage, reply)
    if waits_for_message:
        yield Said(b".\r\n", verdict=outcome)
    if reply[0] != 421:
        yield Said(b"RSET\r\n", verdict=outcome)
    return outcome


def _meaning(stage: str, reply: Reply) -> Outcome:
    """4xx: later. 5xx: for good, unless the relay won't have our own sender: that is a setting to mend, not this mail's end."""
    code, text = reply
    if code // 100 not in (4, 5):
        return Outcome(Result.DOUBT if stage == "message" else Result.LATER, "unreadable_reply")
    status = re.match(rb"[245]\.\d{1,3}\.\d{1,3}", text)
    detail = status[0].decode() if status else ""
    permanent = code // 100 == 5 and stage != "mail"
    return Outcome(
        Result.REFUSED if permanent else Result.LATER,
        f"{code} {detail}".strip(),
        nobody_there=permanent and stage == "rcpt" and (not detail or detail.startswith("5.1.")),
    )


def replies_in(heard: bytes) -> list[Reply]:
    """The whole replies; one of several lines ends where no hyphen follows its code."""
    replies: list[Reply] = []
    text: list[bytes] = []
    for line in heard.split(b"\n")[:-1]:
        text.append(line[4:].strip())
        if line[3:4] != b"-":
            replies.append((int(line[:3]) if line[:3].isdigit() else -1, b"\n".join(text)))
            text = []
    return replies
