"""Reports about mail of ours: it did not arrive (RFC 3464), or somebody called it spam (RFC 5965)."""

import re
from dataclasses import dataclass
from email.message import Message

from leads.policy.inbound.headers import addresses_in, answered_ids, header, ids_in, sender_of
from leads.policy.inbound.mail import Failure, Kind
from leads.policy.inbound.parsing import directly_within

DAEMONS = ("mailer-daemon", "postmaster", "mail-daemon")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_OWN_ID = re.compile(r"(?im)^message-id:\s*(<[^<>\s]{1,250}>)")


@dataclass(frozen=True)
class Report:
    kind: Kind
    failure: Failure | None
    about: tuple[str, ...]  # the ids of our mail


def report_in(parts: list[Message]) -> Report | None:
    """None where the mail is no report."""
    whole = parts[0]
    about = _reported_ids(parts)
    by_type = {part.get_content_type(): part for part in reversed(parts)}
    if complaint := by_type.get("message/feedback-report"):
        return Report(Kind.COMPLAINT, Failure(_recipient(directly_within(complaint), "Original-Rcpt-To")), about)
    if status := by_type.get("message/delivery-status"):
        return _delivery(directly_within(status), about)
    if "message/disposition-notification" in by_type:
        return Report(Kind.AUTO_REPLY, None, about)
    if sender_of(whole)[1].partition("@")[0].lower() in DAEMONS:
        return Report(Kind.BOUNCE, Failure(_first(addresses_in(header(whole, "X-Failed-Recipients")))), about)
    return None


def _delivery(blocks: list[Message], about: tuple[str, ...]) -> Report:
    """The worst that it says. One that only tells of success is no bounce; one that can't be read is no reason to suppress anybody."""
    actions = {header(block, "Action").lower() for block in blocks} - {""}
    if actions and not actions & {"failed", "delayed"}:
        return Report(Kind.AUTO_REPLY, None, about)
    failed = [block for block in blocks if header(block, "Action").lower() == "failed"] or blocks
    status = _status(failed)
    hard = "failed" in actions and status.startswith("5.")
    return Report(Kind.BOUNCE, Failure(_recipient(failed, "Original-Recipient", "Final-Recipient"), status, hard), about)


def _status(blocks: list[Message]) -> str:
    """Some servers put 5.0.0 there and the real one into the diagnostic text; the field that RFC 3464 names decides."""
    for block in blocks:
        if found := _STATUS.search(header(block, "Status")):
            return found[1]
    return ""


def _recipient(blocks: list[Message], *names: str) -> str:
    for block in blocks:
        for name in names:
            if addresses := addresses_in(header(block, name)):
                return addresses[0]
    return ""


def _reported_ids(parts: list[Message]) -> tuple[str, ...]:
    """Of our mail, which comes back whole or as its header; else of what the report says that it answers."""
    whole, inner = parts[0], parts[1:]
    returned = [number for part in inner for number in ids_in(header(part, "Message-ID"))]
    texts = [part for part in inner if part.get_content_type() == "text/rfc822-headers"]
    as_text = [number for part in texts for number in _OWN_ID.findall(_ascii(part))]
    return tuple(dict.fromkeys([*returned, *as_text, *answered_ids(whole)]))


def _ascii(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content[:20_000].decode("ascii", "replace") if isinstance(content, bytes) else ""


def _first(items: list[str]) -> str:
    return items[0] if items else ""
