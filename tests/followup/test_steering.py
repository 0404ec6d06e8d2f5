"""What a person does with one lead's follow-up: start, skip, send now; never against a rule."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from leads.followup.actions import resume, stop
from leads.followup.crew import deliver_due
from leads.followup.plan_actions import pause
from leads.followup.sequences import materialise
from leads.followup.steering import send_now, skip, start
from leads.models import Enrolment, Event, EventKind, Lead, Message, Sequence, StopReason, Suppression, User
from leads.policy.refused import Refused
from tests.followup.made import make_enquiry, make_enrolment, make_followup

pytestmark = pytest.mark.django_db

WEDNESDAY_NOON = datetime(2026, 11, 4, 17, tzinfo=UTC)  # noon in New York
WEDNESDAY_NIGHT = datetime(2026, 11, 5, 4, tzinfo=UTC)


def sequence() -> Sequence:
    return Sequence.objects.get()


def waiting(**fields: object) -> Enrolment:
    """The first mail is planned for tomorrow."""
    return make_enrolment(make_enquiry().lead, due_at=timezone.now() + timedelta(days=1), **fields)


class TestStarting:
    @time_machine.travel(WEDNESDAY_NOON, tick=False)
    def test_it_begins_now(self, bob: User) -> None:
        begun = start(lead=make_enquiry().lead, sequence=sequence(), by=bob)
        assert begun.due_at == datetime(2026, 11, 5, 14, tzinfo=UTC)
        event = Event.objects.get(kind=EventKind.ENROLLED)
        assert (event.by, event.data) == (bob, {"sequence": "after-enquiry"})

    @pytest.mark.parametrize(
        ("enquiry", "lead", "why"),
        [
            ({"consent_followup": False}, {}, "They did not agree to follow-up emails."),
            ({}, {"category": "closed"}, "They get no follow-up: the lead was closed."),
            ({}, {"held_at": WEDNESDAY_NOON}, "They get no follow-up: automation is on hold."),
            ({}, {"email": ""}, "They get no follow-up: their address gets no mail."),
        ],
    )
    def test_no_hand_is_above_a_rule(self, bob: User, enquiry: dict[str, Any], lead: dict[str, object], why: str) -> None:
        who = make_enquiry(**enquiry).lead
        Lead.objects.update(**lead)
        with pytest.raises(Refused, match=why):
            start(lead=who, sequence=sequence(), by=bob)
        assert not Enrolment.objects.exists()

    def test_nobody_gets_the_same_sequence_twice(self, bob: User) -> None:
        enrolment = waiting()
        with pytest.raises(Refused, match="already"):
            start(lead=enrolment.lead, sequence=sequence(), by=bob)

    def test_nobody_joins_a_paused_one(self, bob: User, alice: User) -> None:
        pause(sequence=sequence(), by=alice)
        with pytest.raises(Refused, match="not running"):
            start(lead=make_enquiry().lead, sequence=sequence(), by=bob)

    def test_nobody_gets_more_than_they_agreed_to(self, bob: User) -> None:
        enrolment = waiting(state="finished")
        for step in (1, 2, 3):
            make_followup(enrolment, step, state="sent")
        other = Sequence.objects.create(slug="other", name="Other")
        with pytest.raises(Refused, match="all the follow-up emails"):
            start(lead=enrolment.lead, sequence=other, by=bob)


class TestSkipping:
    @time_machine.travel(WEDNESDAY_NOON, tick=False)
    def test_it_stays_unsent_and_says_so_and_the_others_keep_their_days(self, bob: User) -> None:
        enrolment = waiting()
        assert skip(enrolment=enrolment, by=bob) == 1
        enrolment.refresh_from_db()
        assert (enrolment.next_step, enrolment.due_at) == (2, datetime(2026, 11, 9, 14, tzinfo=UTC))
        message = Message.objects.get()
        assert (message.step, message.state, message.reason) == (1, "suppressed", "skipped")
        assert Event.objects.get(kind=EventKind.STEP_SKIPPED).by == bob

    @time_machine.travel(WEDNESDAY_NOON, tick=False)
    def test_stopping_and_resuming_does_not_bring_it_back(self, bob: User) -> None:
        enrolment = waiting()
        skip(enrolment=enrolment, by=bob)
        stop(lead=enrolment.lead, reason=StopReason.BY_HAND, by=bob)
        resume(lead=enrolment.lead, by=bob)
        enrolment.refresh_from_db()
        assert (enrolment.state, enrolment.next_step) == ("running", 2)

    @time_machine.travel(WEDNESDAY_NOON, tick=False)
    def test_after_the_last_nothing_follows(self, bob: User) -> None:
        enrolment = waiting(next_step=3)
        skip(enrolment=enrolment, by=bob)
        enrolment.refresh_from_db()
        assert enrolment.state == "finished"
        with pytest.raises(Refused):
            skip(enrolment=enrolment, by=bob)


class TestSendingNow:
    @time_machine.travel(WEDNESDAY_NIGHT, tick=False)
    def test_it_leaves_at_any_hour_and_the_rest_counts_from_now(self, bob: User) -> None:
        enrolment = waiting()
        assert send_now(enrolment=enrolment, by=bob) == 1
        deliver_due()
        assert [message.state for message in Message.objects.all()] == ["sent"]
        assert len(mail.outbox) == 1
        enrolment.refresh_from_db()
        assert (enrolment.next_step, enrolment.due_at) == (2, datetime(2026, 11, 6, 14, tzinfo=UTC))
        assert Event.objects.get(kind=EventKind.STEP_SENT).by == bob

    @time_machine.travel(WEDNESDAY_NOON, tick=False)
    def test_twice_is_no_second_mail(self, bob: User) -> None:
        enrolment = waiting()
        send_now(enrolment=enrolment, by=bob)
        with pytest.raises(Refused):
            send_now(enrolment=enrolment, by=bob)
        materialise(timezone.now())
        deliver_due()
        assert Message.objects.count() == 1

    @pytest.mark.parametrize("change", [{"category": "closed"}, {"held_at": WEDNESDAY_NOON}])
    def test_never_against_a_rule(self, bob: User, change: dict[str, object]) -> None:
        enrolment = waiting()
        Lead.objects.update(**change)
        with pytest.raises(Refused):
            send_now(enrolment=enrolment, by=bob)
        assert not Message.objects.exists()

    def test_never_to_somebody_who_asked_us_to_stop(self, bob: User) -> None:
        enrolment = waiting()
        Suppression.objects.create(address="vera@example.com", reason="opted_out")
        with pytest.raises(Refused, match="their address gets no mail"):
            send_now(enrolment=enrolment, by=bob)

    def test_a_stop_takes_it_back_as_any_other(self, bob: User) -> None:
        enrolment = waiting()
        send_now(enrolment=enrolment, by=bob)
        stop(lead=enrolment.lead, reason=StopReason.CONTACTED, by=bob)
        deliver_due()
        assert [message.state for message in Message.objects.all()] == ["cancelled"]
        assert not mail.outbox
