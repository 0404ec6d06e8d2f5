"""A mail is held by one claim at a time, and only its holder may change it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from leads.followup.claim import claim, release, requeue_expired
from leads.followup.letterhead import Letterhead
from leads.followup.outcome import Outcome, Result
from leads.followup.settle import settle, suppress, try_later
from leads.models import Message, MessageState, Suppression
from tests.followup.made import make_enquiry, make_enrolment, make_followup, make_message, mark_sending

pytestmark = pytest.mark.django_db


def state_of(message: Message) -> str:
    return str(Message.objects.values_list("state", flat=True).get(pk=message.pk))


def test_it_takes_what_is_due_and_nothing_else() -> None:
    due = make_message()
    make_message(due.enquiry, due_at=timezone.now() + timedelta(minutes=1))
    make_message(due.enquiry, state="sent")
    assert [message.pk for message in claim()] == [due.pk]
    assert state_of(due) == "claimed"


def test_the_oldest_leave_first_and_a_batch_has_an_end() -> None:
    enquiry, now = make_enquiry(), timezone.now()
    messages = [make_message(enquiry, due_at=now - timedelta(minutes=minutes)) for minutes in (1, 3, 2)]
    assert [message.pk for message in claim(2)] == [messages[1].pk, messages[2].pk]


def test_an_acknowledgement_does_not_wait_behind_older_follow_ups() -> None:
    enquiry, now = make_enquiry(), timezone.now()
    enrolment = make_enrolment(enquiry.lead)
    followups = [make_followup(enrolment, step, due_at=now - timedelta(hours=1)) for step in range(3)]
    thanks = make_message(enquiry)
    assert [message.pk for message in claim(2)] == [thanks.pk, followups[0].pk]


def test_what_is_claimed_is_not_claimed_again() -> None:
    make_message()
    assert len(claim()) == 1
    assert claim() == []


def test_released_mail_is_as_it_was() -> None:
    message = make_message()
    release(claim())
    message.refresh_from_db()
    assert (message.state, message.claim, message.attempts) == ("queued", None, 0)


def test_a_dead_workers_claims_return_when_the_lease_is_over(settings: Any) -> None:
    message = make_message()
    claim()
    requeue_expired(timezone.now())
    assert state_of(message) == "claimed"
    requeue_expired(timezone.now() + timedelta(seconds=settings.MAIL_LEASE + 1))
    assert state_of(message) == "queued"


@pytest.mark.parametrize("kind", ["acknowledgement", "staff_alert", "own_page", "sign_in_link"])
def test_what_a_dead_worker_was_sending_leaves_again_once(kind: str) -> None:
    message = make_message(kind=kind, state="sending", claim=uuid4(), lease_until=timezone.now())
    requeue_expired(timezone.now())
    message.refresh_from_db()
    assert (message.state, message.doubts) == ("queued", 1)
    Message.objects.update(state="sending", lease_until=timezone.now())
    requeue_expired(timezone.now())
    assert state_of(message) == "unknown"


def test_a_follow_up_that_a_dead_worker_was_sending_waits_for_a_person() -> None:
    enrolment = make_enrolment(make_enquiry().lead)
    message = make_followup(enrolment, state="sending", claim=uuid4(), lease_until=timezone.now())
    requeue_expired(timezone.now())
    assert state_of(message) == "unknown"


@pytest.mark.parametrize("result", Result)
def test_a_worker_past_its_lease_changes_nothing(result: Result) -> None:
    """Stopped while sending; meanwhile the lease was over and another worker took the mail."""
    message = make_message()
    (ours,) = claim()
    mark_sending(ours)
    requeue_expired(timezone.now() + timedelta(hours=1))
    Message.objects.update(due_at=timezone.now())
    (theirs,) = claim()
    mark_sending(theirs)
    before = Message.objects.values().get(pk=message.pk)
    settle(ours, Outcome(result), Letterhead.current())
    assert Message.objects.values().get(pk=message.pk) == before


def test_a_worker_past_its_lease_does_not_begin() -> None:
    make_message()
    (ours,) = claim()
    requeue_expired(timezone.now() + timedelta(hours=1))
    claim()
    before = list(Message.objects.values())
    assert mark_sending(ours) is False
    release([ours])
    try_later(ours, "late", Letterhead.current(), MessageState.CLAIMED, MessageState.SUPPRESSED)
    assert list(Message.objects.values()) == before


def test_marking_asks_the_suppression_list_at_the_last_moment() -> None:
    message = make_followup(make_enrolment(make_enquiry().lead))
    (ours,) = claim()
    Suppression.objects.create(address=message.to_address, reason="opted_out")
    assert mark_sending(ours) is False
    suppress(ours)
    message.refresh_from_db()
    assert (message.state, message.reason, message.claim) == ("suppressed", "suppressed", None)


@pytest.mark.parametrize(("reason", "leaves"), [("opted_out", True), ("bounced", False), ("complained", False)])
def test_who_opted_out_still_gets_the_answer_to_their_own_enquiry(reason: str, leaves: bool) -> None:
    message = make_message()
    Suppression.objects.create(address=message.to_address, reason=reason)
    assert mark_sending(claim()[0]) is leaves
