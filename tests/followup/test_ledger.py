"""What will be sent is told with its date on both clocks, and never more than they agreed to."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.followup.actions import stop
from leads.followup.crew import deliver_due
from leads.followup.ledger import coming
from leads.followup.plan_actions import pause
from leads.followup.sequences import materialise
from leads.models import Enrolment, Lead, Message, Sequence, StopReason, User
from leads.policy.hours import opening_hours
from tests.followup.made import make_enquiry, make_enrolment, make_followup

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 3, 15, tzinfo=UTC)
WEDNESDAY_AT_NINE = datetime(2026, 11, 4, 14, tzinfo=UTC)  # in New York


@pytest.fixture
def vera(db: None) -> Lead:
    return make_enquiry().lead


def page(client: Client, lead: Lead) -> str:
    return " ".join(client.get(reverse("lead", args=[lead.reference])).content.decode().split())


@time_machine.travel(TUESDAY, tick=False)
def test_every_mail_that_is_to_come_has_its_date(as_bob: Client, vera: Lead) -> None:
    make_enrolment(vera, due_at=WEDNESDAY_AT_NINE)
    shown = page(as_bob, vera)
    for number, day in ((1, "tomorrow"), (2, "Friday"), (3, "13 Nov")):  # the 11th is a holiday
        assert f"Follow-up {number} of 3</strong> will be sent" in shown
        assert f"{day} 9 a.m." in shown
    assert "for them" not in shown


@time_machine.travel(TUESDAY, tick=False)
def test_on_both_clocks(as_bob: Client, vera: Lead) -> None:
    Lead.objects.update(time_zone="America/Los_Angeles")
    make_enrolment(vera, due_at=datetime(2026, 11, 4, 17, tzinfo=UTC))
    shown = page(as_bob, vera)
    assert "tomorrow noon</time>" in shown
    assert "(tomorrow 9 a.m. for them)" in shown


def test_what_it_says_is_what_the_engine_then_plans(vera: Lead) -> None:
    with time_machine.travel(WEDNESDAY_AT_NINE, tick=False) as clock:
        enrolment = make_enrolment(vera)
        said = [mail.at for mail in coming(enrolment, "", opening_hours())]
        for at in said:
            clock.move_to(at)
            assert Enrolment.objects.get().due_at == at
            materialise(timezone.now())
            Message.objects.update(state="sent")
    assert len(said) == 3


@time_machine.travel(TUESDAY, tick=False)
def test_what_they_said_since_about_when_to_be_reached_counts(as_bob: Client, vera: Lead) -> None:
    make_enrolment(vera, due_at=WEDNESDAY_AT_NINE)
    Lead.objects.update(asked_hours="weekdays afternoon")
    assert "tomorrow noon" in page(as_bob, vera)


def test_a_mail_that_waits_to_leave_waits_for_what_they_said_since(vera: Lead) -> None:
    with time_machine.travel(WEDNESDAY_AT_NINE, tick=False) as clock:
        make_enrolment(vera)
        materialise(timezone.now())
        Lead.objects.update(asked_hours="any evening")
        deliver_due()
        message = Message.objects.get(kind="followup")
        assert (message.state, message.due_at) == ("queued", datetime(2026, 11, 4, 22, tzinfo=UTC))
        clock.move_to(message.due_at)
        deliver_due()
        message.refresh_from_db()
        assert message.state == "sent"


@time_machine.travel(TUESDAY, tick=False)
def test_no_more_than_they_agreed_to(as_bob: Client, vera: Lead) -> None:
    other = make_enrolment(vera, state="finished")
    make_followup(other, 1, state="sent")
    make_followup(other, 2, state="sent")
    Enrolment.objects.update(state="running", due_at=WEDNESDAY_AT_NINE, next_step=1)
    assert page(as_bob, vera).count("will be sent") == 1


@time_machine.travel(TUESDAY, tick=False)
def test_a_stopped_one_has_nothing_to_come_and_says_why(as_bob: Client, vera: Lead, bob: User) -> None:
    make_enrolment(vera, due_at=WEDNESDAY_AT_NINE)
    stop(lead=vera, reason=StopReason.CONTACTED, by=bob)
    shown = page(as_bob, vera)
    assert "will be sent" not in shown
    assert "Follow-up stopped: somebody was in contact" in shown


@time_machine.travel(TUESDAY, tick=False)
def test_a_paused_one_waits(as_bob: Client, vera: Lead, alice: User) -> None:
    make_enrolment(vera, due_at=WEDNESDAY_AT_NINE)
    pause(sequence=Sequence.objects.get(), by=alice)
    shown = page(as_bob, vera)
    assert "waits, the sequence is paused; planned for" in shown
    assert "The sequence is paused." in shown


def test_what_they_have_not_had_can_be_started(as_bob: Client, vera: Lead) -> None:
    start = reverse("lead_followup_start", args=[vera.reference])
    assert start in page(as_bob, vera)
    make_enrolment(vera, state="finished")
    assert start not in page(as_bob, vera)


def test_without_consent_nothing_can_be_started(as_bob: Client) -> None:
    lead = make_enquiry(consent_followup=False).lead
    assert reverse("lead_followup_start", args=[lead.reference]) not in page(as_bob, lead)
