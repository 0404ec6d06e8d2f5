"""Mail of ours that did not arrive: for good, it is the last; not yet, a person looks after the third."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leads.models import Attention, Enrolment, Event, EventKind, Lead, Message, StopReason, Suppression, SuppressionReason, User
from leads.triage.decisions.actions import mark_contacted
from tests.capture.mailed import arrive, bounce, complaint
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def thanks(alice: User) -> Message:
    """What Vera got; her lead sleeps."""
    vera_writes()
    message = Message.objects.select_related("lead").get()
    assert message.lead
    mark_contacted(by=alice, lead=message.lead)
    Enrolment.objects.update(state="running", stop_reason="")
    return message


def attention() -> str:
    return Lead.objects.get().attention


def test_for_good_it_is_the_last_mail_and_a_person_looks(thanks: Message) -> None:
    reply = arrive(bounce(thanks))
    assert (reply.kind, reply.hard, reply.status) == ("bounce", True, "5.1.1")
    assert Suppression.objects.get().reason == SuppressionReason.BOUNCED
    assert Enrolment.objects.get().stop_reason == StopReason.BOUNCED
    assert (attention(), Lead.objects.get().next_action) == (Attention.NEEDS_US, "other_way")
    assert Event.objects.filter(kind=EventKind.BOUNCED).count() == 1


def test_it_stands_beside_that_they_asked_us_to_stop(thanks: Message) -> None:
    Suppression.objects.create(address="vera@example.com", reason=SuppressionReason.OPTED_OUT)
    arrive(bounce(thanks))
    assert set(Suppression.objects.values_list("reason", flat=True)) == {SuppressionReason.OPTED_OUT, SuppressionReason.BOUNCED}


def test_one_that_may_pass_stops_nothing(thanks: Message) -> None:
    arrive(bounce(thanks, status="4.2.2"))
    arrive(bounce(thanks, status="5.0.0", action="delayed", number=2))
    assert not Suppression.objects.exists()
    assert Enrolment.objects.get().state == "running"
    assert attention() == Attention.DONE


def test_after_the_third_in_a_week_a_person_looks(thanks: Message) -> None:
    for number in range(3):
        assert attention() == Attention.DONE
        arrive(bounce(thanks, status="4.2.2", number=number))
    assert attention() == Attention.NEEDS_US
    assert not Suppression.objects.exists()


def test_older_ones_do_not_count(thanks: Message) -> None:
    for number in range(2):
        arrive(bounce(thanks, status="4.2.2", number=number))
    Event.objects.filter(kind=EventKind.BOUNCED_SOFTLY).update(at=timezone.now() - timedelta(days=8))
    arrive(bounce(thanks, status="4.2.2", number=3))
    assert attention() == Attention.DONE


def test_the_same_report_again_counts_once(thanks: Message) -> None:
    for _ in range(3):
        arrive(bounce(thanks, status="4.2.2"))
    assert attention() == Attention.DONE


def test_a_report_about_a_mail_that_is_none_of_ours_suppresses_nobody(thanks: Message) -> None:
    reply = arrive(bounce(Message(message_id="<made-up@example.com>", to_address="vera@example.com")))
    assert reply.lead is None
    assert not Suppression.objects.exists()


def test_a_complaint_is_the_last_mail(thanks: Message) -> None:
    assert arrive(complaint(thanks)).kind == "complaint"
    assert Suppression.objects.get().reason == SuppressionReason.COMPLAINED
    assert Enrolment.objects.get().stop_reason == StopReason.COMPLAINED
