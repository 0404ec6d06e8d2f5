"""The last step before a mail is handed over, in one statement and one commit: the mail before it is settled, this one is marked.

The fast path of delivery. Everything that is not plain sailing goes through Message.objects.move() (settle.py).
"""

from typing import Any

from django.db import connection
from django.utils import timezone

from leads.followup.claim import FREE, lease_from, own, unwanted
from leads.followup.outcome import Outcome
from leads.models import Message, MessageKind, MessageState, SuppressionReason

# A claim that is over, a stop or a suppression since the claim: the row no longer matches, and the mail does not leave.
STATEMENT = """
    UPDATE leads_message SET
        state = CASE id WHEN %(next)s THEN 'sending' ELSE 'sent' END,
        attempts = CASE id WHEN %(next)s THEN attempts + 1 ELSE attempts END,
        lease_until = CASE id WHEN %(next)s THEN %(lease)s ELSE NULL END,
        claim = CASE id WHEN %(next)s THEN claim ELSE NULL END,
        sent_at = CASE id WHEN %(next)s THEN sent_at ELSE %(now)s END,
        reason = CASE id WHEN %(next)s THEN reason ELSE '' END,
        provider_id = CASE id WHEN %(next)s THEN provider_id ELSE %(provider_id)s END
    WHERE claim = %(claim)s AND (
        (id = %(left)s AND state = 'sending')
        OR (id = %(next)s AND state = 'claimed' AND NOT EXISTS (
            SELECT 1 FROM leads_suppression WHERE address = leads_message.to_address AND reason <> %(harmless)s)))
    RETURNING id
"""
FIELDS = {field.name: field for field in Message._meta.concrete_fields}


def mark_sending(message: Message, left: tuple[Message, Outcome] | None = None) -> bool:
    """True if `message` is ours to hand over now. `left`: the mail before it, which the relay took."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, _values(message, left))
        changed = {row[0] for row in cursor.fetchall()}
    if _prepared("id", message.pk) in changed:
        return True
    own(message).filter(unwanted(message)).move(MessageState.CLAIMED, MessageState.SUPPRESSED, reason="suppressed", **FREE)
    return False


def _values(message: Message, left: tuple[Message, Outcome] | None) -> dict[str, Any]:
    now = timezone.now()
    return {
        "next": _prepared("id", message.pk),
        "left": _prepared("id", left[0].pk if left else message.pk),
        "claim": _prepared("claim", message.claim),
        "now": _prepared("sent_at", now),
        "lease": _prepared("lease_until", lease_from(now)),
        "provider_id": left[1].provider_id if left else "",
        # Who asked us to stop follow-ups still gets the answer to their own enquiry.
        "harmless": "" if message.kind == MessageKind.FOLLOWUP else SuppressionReason.OPTED_OUT.value,
    }


def _prepared(field: str, value: Any) -> Any:
    """As the database at hand keeps it: SQLite has text for ids and times."""
    return FIELDS[field].get_db_prep_value(value, connection)
