"""The statement that delivery lives on: the mails that just left become sent, and the next ones sending. One round trip, one commit.

It does what settle() and mark_sending() do one after the other, and a test holds it to that. Written out because building the same
statements from querysets costs more than everything else about a mail (performance.md, row 4).
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import UUIDField
from django.utils import timezone

from leads.followup.claim import lease_from
from leads.models import Message

TURN = """
UPDATE leads_message SET
  attempts = CASE state WHEN 'claimed' THEN attempts + 1 ELSE attempts END,
  lease_until = CASE state WHEN 'claimed' THEN {time} END,
  claim = CASE state WHEN 'claimed' THEN claim END,
  sent_at = CASE state WHEN 'sending' THEN {time} ELSE sent_at END,
  reason = CASE state WHEN 'sending' THEN '' ELSE reason END,
  provider_id = CASE state WHEN 'sending' THEN '' ELSE provider_id END,
  state = CASE state WHEN 'sending' THEN 'sent' ELSE 'sending' END
WHERE id IN ({ids}) AND (
  (state = 'sending' AND (id, claim) IN (VALUES {gone})) OR
  (state = 'claimed' AND (id, claim) IN (VALUES {following}) AND NOT EXISTS (
    SELECT 1 FROM leads_suppression s WHERE s.address = leads_message.to_address
    AND (leads_message.kind = 'followup' OR s.reason <> 'opted_out'))))
RETURNING id
"""
UUID_FIELD = UUIDField()  # knows how the database at hand wants one: SQLite takes text
TIME = {"postgresql": "%s::timestamptz", "sqlite": "%s"}
PAIR = {"postgresql": "(%s::uuid, %s::uuid)", "sqlite": "(%s, %s)"}


def turn(gone: Sequence[Message], following: Sequence[Message]) -> set[UUID]:
    """`gone` were sent. Which of `following` may be handed over now: still ours, not taken back, nobody asked us not to write."""
    if not gone and not following:
        return set()
    now = timezone.now()
    adapt = connection.ops.adapt_datetimefield_value
    ids = [message.pk for message in (*gone, *following)]
    values = [adapt(lease_from(now)), adapt(now), *_adapted(ids), *_pairs(gone), *_pairs(following)]
    with connection.cursor() as cursor:
        cursor.execute(_statement(connection.vendor, len(gone), len(following)), values)
        changed = {_uuid(row[0]) for row in cursor.fetchall()}
    return changed.intersection(message.pk for message in following)


def _statement(vendor: str, gone: int, following: int) -> str:
    pairs = {"gone": gone, "following": following}
    lists = {name: ", ".join([PAIR[vendor]] * max(1, count)) for name, count in pairs.items()}
    return TURN.format(time=TIME[vendor], ids=", ".join(["%s"] * (gone + following)), **lists)


def _pairs(messages: Sequence[Message]) -> list[Any]:
    """A list of none is no SQL: a pair of nothings stands for it, and equals no row."""
    return _adapted([value for message in messages for value in (message.pk, message.claim)]) or [None, None]


def _adapted(ids: Sequence[UUID | None]) -> list[Any]:
    return [UUID_FIELD.get_db_prep_value(value, connection) for value in ids]


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
