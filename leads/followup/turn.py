"""The statement that delivery lives on: the mail that just left becomes sent, and the next one sending. One round trip, one commit.

It does what settle() and mark_sending() do one after the other, and a test holds it to that. Written out because building the same
two statements from querysets costs more than everything else about a mail (performance.md, row 4).
"""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import UUIDField
from django.utils import timezone

from leads.followup.claim import lease_from
from leads.followup.outcome import Outcome
from leads.models import Message, MessageKind

TURN = """
UPDATE leads_message SET
  attempts = CASE state WHEN 'claimed' THEN attempts + 1 ELSE attempts END,
  lease_until = CASE state WHEN 'claimed' THEN {lease} END,
  claim = CASE state WHEN 'claimed' THEN claim END,
  sent_at = CASE state WHEN 'sending' THEN {now} ELSE sent_at END,
  reason = CASE state WHEN 'sending' THEN '' ELSE reason END,
  provider_id = CASE state WHEN 'sending' THEN %s ELSE provider_id END,
  state = CASE state WHEN 'sending' THEN 'sent' ELSE 'sending' END
WHERE id IN (%s, %s) AND (
  (id = %s AND claim = %s AND state = 'sending') OR
  (id = %s AND claim = %s AND state = 'claimed' AND NOT EXISTS (
    SELECT 1 FROM leads_suppression s WHERE s.address = leads_message.to_address AND (%s OR s.reason <> 'opted_out'))))
RETURNING id
"""
UUID = UUIDField()  # knows how the database at hand wants one: SQLite takes text
TIME = {"postgresql": "%s::timestamptz", "sqlite": "%s"}


def turn(gone: Message, outcome: Outcome, following: Message) -> bool:
    """`gone` was sent. Whether `following` may be handed over now: still ours, not taken back, nobody asked us not to write."""
    time = TIME[connection.vendor]
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(TURN.format(lease=time, now=time), _values(gone, outcome, following, now))
        changed = {str(row[0]).replace("-", "") for row in cursor.fetchall()}
    return following.pk.hex in changed


def _values(gone: Message, outcome: Outcome, following: Message, now: datetime) -> list[Any]:
    adapt = connection.ops.adapt_datetimefield_value
    first, second, held, next_held = (
        UUID.get_db_prep_value(value, connection) for value in (gone.pk, following.pk, gone.claim, following.claim)
    )
    followup = following.kind == MessageKind.FOLLOWUP
    return [adapt(lease_from(now)), adapt(now), outcome.provider_id, first, second, first, held, second, next_held, followup]
