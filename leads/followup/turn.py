"""The statement that delivery lives on: the mails that just left become sent, and the next ones sending. One round trip, one commit.

Marking is the last look before a mail is handed over: still ours, not taken back, and nobody asked us not to write; and what it says of a
booking is still true. Settling is what
settle() does with a mail that was sent, and a test holds it to that. Written out because building the same statements from querysets
costs more than everything else about a mail (docs/benchmarks.md, row 4).
"""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from leads.followup.claim import lease_from
from leads.models import Message

TURN = """
UPDATE leads_message SET
  attempts = CASE was WHEN 'claimed' THEN attempts + 1 ELSE attempts END,
  lease_until = CASE was WHEN 'claimed' THEN {time} END,
  claim = CASE was WHEN 'claimed' THEN claim END,
  sent_at = CASE was WHEN 'sending' THEN {time} ELSE sent_at END,
  reason = CASE was WHEN 'sending' THEN '' ELSE reason END,
  provider_id = CASE was WHEN 'sending' THEN '' ELSE provider_id END,
  state = CASE was WHEN 'sending' THEN 'sent' ELSE 'sending' END
FROM ({held}) AS held
WHERE id = pk AND claim = holder AND state = was AND (was = 'sending' OR NOT EXISTS (
  SELECT 1 FROM leads_suppression s WHERE s.address = to_address AND (kind = 'followup' OR s.reason <> 'opted_out'))
  AND (kind NOT IN ('booking', 'reminder') OR EXISTS (
    SELECT 1 FROM leads_bookingmail m JOIN leads_booking b ON b.id = m.booking_id JOIN leads_lead l ON l.id = b.lead_id
    WHERE m.message_id = leads_message.id AND m.revision = b.revision AND NOT l.no_email
    AND (NOT m.reminds OR (b.starts_at > {time} AND l.held_at IS NULL)))))
RETURNING id
"""
# However many mails it is about, the statement is the same text, and PostgreSQL knows before it plans how many they are.
HELD = {
    "postgresql": "SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) AS it (pk, holder, was)",
    "sqlite": "SELECT json_extract(value, '$[0]') AS pk, json_extract(value, '$[1]') AS holder, json_extract(value, '$[2]') AS was"
    " FROM json_each(%s)",
}
TIME = {"postgresql": "%s::timestamptz", "sqlite": "%s"}
STATEMENT = {vendor: TURN.format(time=TIME[vendor], held=held) for vendor, held in HELD.items()}


def turn(gone: Sequence[Message], following: Sequence[Message]) -> set[UUID]:
    """`gone` were sent. Which of `following` may be handed over now."""
    held = _held(gone, "sending") + _held(following, "claimed")
    if not held:
        return set()
    now = timezone.now()
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT[connection.vendor], [adapt(lease_from(now)), adapt(now), *_as_values(held), adapt(now)])
        changed = {_uuid(row[0]) for row in cursor.fetchall()}
    return changed.intersection(message.pk for message in following)


def _held(messages: Sequence[Message], state: str) -> list[tuple[str, str, str]]:
    """What nobody claimed is nobody's."""
    return [(message.pk.hex, message.claim.hex, state) for message in messages if message.claim]


def _as_values(held: list[tuple[str, str, str]]) -> list[Any]:
    return [list(column) for column in zip(*held, strict=True)] if connection.vendor == "postgresql" else [json.dumps(held)]


def _uuid(value: UUID | str) -> UUID:
    """SQLite keeps it as text."""
    return value if isinstance(value, UUID) else UUID(value)
