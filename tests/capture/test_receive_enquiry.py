"""An enquiry becomes a lead, with its event and its acknowledgement, in one transaction."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from leads.followup.actions import opt_out
from leads.models import Counter, Enquiry, Enrolment, Event, Lead, Message, Screening
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db


def test_it_makes_a_lead_that_needs_us() -> None:
    receipt = vera_writes()
    lead = Lead.objects.get()
    assert (lead.reference, lead.name, lead.email) == (receipt.reference, "Vera Lind", "vera@example.com")
    assert (lead.stage.slug, lead.attention, lead.next_action) == ("new", "needs_us", "reply")
    assert lead.due_at == receipt.promise_at > timezone.now()


def test_it_keeps_what_was_typed() -> None:
    vera_writes(email="Vera@Example.COM", phone="555 010 0123")
    enquiry = Enquiry.objects.get()
    assert (enquiry.email, enquiry.phone) == ("Vera@Example.COM", "555 010 0123")
    assert enquiry.message == "I would like to know how a first visit goes."
    assert enquiry.consent_reply
    assert enquiry.consent_version


def test_it_queues_the_acknowledgement() -> None:
    vera_writes()
    message = Message.objects.get()
    assert (message.kind, message.state, message.to_address) == ("acknowledgement", "queued", "vera@example.com")
    assert message.message_id


def test_it_starts_the_follow_up_that_was_asked_for() -> None:
    vera_writes()
    assert Lead.objects.get().enrolments.get().state == "running"


@pytest.mark.parametrize("name", ["Vera Lind", "Otto Lind"])
def test_an_address_that_asked_us_to_stop_is_thanked_but_not_followed_up(name: str) -> None:
    """Whether they are known or new, and although they ticked the box again."""
    vera_writes(consent_followup=False)
    opt_out(by=None, lead=Lead.objects.get())
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        vera_writes(name=name, message="It is me again.")
    assert not Enrolment.objects.exists()
    assert [message.state for message in Message.objects.filter(kind="acknowledgement")] == ["queued", "queued"]


def test_whoever_writes_twice_a_day_is_thanked_once_and_the_row_says_why() -> None:
    vera_writes()
    vera_writes(message="One more thing.")
    assert list(Message.objects.order_by("created_at").values_list("state", "reason")) == [
        ("queued", ""),
        ("suppressed", "acknowledged_today"),
    ]


def test_it_starts_none_without_consent() -> None:
    vera_writes(consent_followup=False)
    assert not Lead.objects.get().enrolments.exists()


def test_its_history_begins() -> None:
    vera_writes()
    assert Event.objects.filter(kind="enquiry").count() == 1


def test_without_an_email_no_mail_is_made() -> None:
    vera_writes(email="", phone="+15550100123")
    assert not Message.objects.exists()
    assert Lead.objects.get().screening == Screening.ACCEPTED


def test_a_failure_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the very end, when every row has been written."""

    def broken() -> None:
        assert Message.objects.exists()
        raise RuntimeError

    monkeypatch.setattr("leads.followup.outbox.ring_after_commit", broken)
    with pytest.raises(RuntimeError):
        vera_writes()
    assert not any(rows.objects.exists() for rows in (Lead, Enquiry, Message, Event, Counter))


def test_a_broken_doorbell_does_not_turn_it_into_an_error(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    def broken() -> None:
        raise OSError

    monkeypatch.setattr("leads.followup.outbox.ring", broken)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django types it by a protocol of its own
        assert vera_writes().reference
