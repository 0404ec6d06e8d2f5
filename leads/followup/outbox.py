"""Puts mail into the outbox: the row is the mail, and it leaves once its transaction is committed."""

from typing import Any

from django.db import transaction

from leads.followup.doorbell import ring
from leads.models import Message, MessageState


def queue(**fields: Any) -> Message:
    """One message, in the caller's transaction; the doorbell rings after its commit."""
    message = Message.objects.create(**fields)
    if message.state == MessageState.QUEUED:
        ring_after_commit()
    return message


def queue_many(messages: list[Message]) -> None:
    """Several in one statement."""
    Message.objects.bulk_create(messages)
    if messages:
        ring_after_commit()


def ring_after_commit() -> None:
    transaction.on_commit(ring, robust=True)  # A broken nudge must not turn a saved enquiry into an error.
