"""Whatever the relay does, the row tells the truth about it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from leads.followup.crew import deliver_due
from leads.models import Message, Suppression, User
from tests.followup.made import make_enquiry, make_enrolment, make_followup, make_message, make_staff_mail
from tests.followup.relay import Relay, free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def always_in_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leads.followup.tray.next_window", lambda at, hours: at)


def sent(message: Message) -> Message:
    deliver_due()
    message.refresh_from_db()
    return message


def followup(**fields: Any) -> Message:
    return make_followup(make_enrolment(make_enquiry().lead), mail="followup-1", **fields)


def test_a_mail_that_was_taken_is_sent(relay: Relay) -> None:
    message = sent(make_message())
    assert (message.state, message.attempts, message.reason, message.claim) == ("sent", 1, "", None)
    assert message.sent_at is not None
    assert [mail["Message-ID"] for mail in relay.mails] == [message.message_id]


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_a_4xx_is_tried_again_later(relay: Relay, stage: str) -> None:
    setattr(relay, stage, "451 4.7.1 Greylisted")
    message = sent(make_message())
    assert (message.state, message.attempts, message.reason) == ("queued", 1, "451 4.7.1")
    assert timedelta(seconds=45) < message.due_at - timezone.now() < timedelta(seconds=75)
    assert relay.mails == []


def test_after_eight_tries_it_has_failed(relay: Relay) -> None:
    relay.data = "451 Later"
    message = sent(make_message(attempts=7))
    assert (message.state, message.attempts) == ("failed", 8)


def test_a_5xx_for_the_message_fails_and_spares_the_address(relay: Relay) -> None:
    relay.data = "554 5.7.1 We think this is spam"
    message = sent(make_message())
    assert (message.state, message.reason) == ("failed", "554 5.7.1")
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("answer", ["550 5.1.1 Nobody here", "550 No such user"])
def test_an_address_that_does_not_exist_gets_no_more_mail(relay: Relay, answer: str) -> None:
    relay.rcpt = answer
    message = sent(make_message())
    assert message.state == "failed"
    assert Suppression.objects.get().address == "vera@example.com"
    later = sent(make_message(message.enquiry))
    assert (later.state, later.reason) == ("suppressed", "suppressed")


def test_staff_whose_address_is_refused_are_still_told_of_the_next(relay: Relay, bob: User) -> None:
    relay.rcpt = "550 5.1.1 Nobody here"
    enquiry = make_enquiry()
    assert sent(make_staff_mail(bob, lead=enquiry.lead, enquiry=enquiry)).state == "failed"
    assert not Suppression.objects.exists()


def test_a_refusal_by_policy_is_no_proof_that_nobody_is_there(relay: Relay) -> None:
    relay.rcpt = "550 5.7.1 Relaying denied"
    assert sent(make_message()).state == "failed"
    assert not Suppression.objects.exists()


def test_a_sender_the_relay_refuses_is_our_own_fault_and_ends_no_mail(relay: Relay) -> None:
    relay.mail = "553 5.1.8 Sender rejected"
    assert sent(make_message()).state == "queued"
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("stage", ["mail", "rcpt"])
@pytest.mark.parametrize("how", ["drop", "stall"])
def test_a_line_that_breaks_before_the_message_leaves_no_doubt(relay: Relay, stage: str, how: str) -> None:
    setattr(relay, stage, how)
    message = sent(followup())
    assert (message.state, message.doubts) == ("queued", 0)
    assert relay.mails == []


@pytest.mark.parametrize("how", ["drop", "stall"])
def test_silence_after_the_message_is_a_doubt_and_the_acknowledgement_leaves_again_once(relay: Relay, how: str) -> None:
    relay.data = how
    message = sent(make_message())
    assert (message.state, message.doubts) == ("queued", 1)
    Message.objects.update(due_at=timezone.now())
    assert sent(message).state == "unknown"
    assert {mail["Message-ID"] for mail in relay.mails} == {message.message_id}
    assert len(relay.mails) == 2


@pytest.mark.parametrize("how", ["drop", "stall"])
def test_a_follow_up_in_doubt_waits_for_a_person(relay: Relay, how: str) -> None:
    relay.data = how
    message = sent(followup())
    assert (message.state, message.doubts) == ("unknown", 0)
    assert len(relay.mails) == 1


def test_a_relay_that_is_away_costs_no_mail_a_try(settings: Any, relay: Relay) -> None:
    settings.EMAIL_PORT = free_port()
    first, second = make_message(), make_message()
    for message in (sent(first), sent(second)):
        assert (message.state, message.attempts, message.claim) == ("queued", 0, None)
        assert message.due_at > timezone.now()


def test_one_connection_serves_many_mails(relay: Relay) -> None:
    enquiry = make_enquiry()
    for _ in range(5):
        make_message(enquiry)
    deliver_due()
    assert len(relay.mails) == 5
    assert len(relay.connections) == 1


def test_a_refused_mail_does_not_end_the_connection(relay: Relay) -> None:
    relay.rcpt = "550 5.7.1 No"
    enquiry = make_enquiry()
    make_message(enquiry)
    make_message(enquiry)
    deliver_due()
    assert list(Message.objects.values_list("state", flat=True)) == ["failed", "failed"]
    assert len(relay.connections) == 1


def test_an_address_that_the_relay_can_not_take_fails_alone(relay: Relay) -> None:
    enquiry = make_enquiry()
    broken = make_message(enquiry, to_address="vera@example.com\r\nRCPT TO:<all@example.com>")
    fine = make_message(enquiry)
    assert sent(broken).state == "failed"
    fine.refresh_from_db()
    assert fine.state == "sent"
    assert len(relay.mails) == 1
