"""A stop takes back what has not left, and undoing its cause sends what is missing, once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone

from leads.followup.actions import enrol, hold, release_hold, resume, stop
from leads.followup.claim import claim
from leads.followup.crew import deliver_due
from leads.followup.sequences import materialise
from leads.models import Enrolment, Event, EventKind, Lead, Message, StopReason, User
from tests.followup.made import make_enquiry, make_enrolment, make_followup, make_message, mark_sending

pytestmark = pytest.mark.django_db

WEDNESDAY_NOON = datetime(2026, 11, 4, 17, tzinfo=UTC)  # noon in New York


def enrolled() -> tuple[Lead, Enrolment]:
    lead = make_enquiry().lead
    return lead, make_enrolment(lead)


def states() -> list[str]:
    return list(Message.objects.order_by("created_at").values_list("state", flat=True))


def test_it_cancels_a_mail_that_waits(bob: User) -> None:
    lead, enrolment = enrolled()
    make_followup(enrolment)
    assert stop(lead=lead, reason=StopReason.STAGE, by=bob) == 1
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.stop_reason) == ("stopped", "stage")
    message = Message.objects.get()
    assert (message.state, message.reason) == ("cancelled", "stage")
    event = Event.objects.get(kind=EventKind.FOLLOWUP_STOPPED)
    assert (event.by, event.data) == (bob, {"reason": "stage"})
    assert enrolment.stopped_by == event


def test_it_cancels_a_mail_between_claim_and_handing_over() -> None:
    lead, enrolment = enrolled()
    make_followup(enrolment)
    (claimed,) = claim()
    stop(lead=lead, reason=StopReason.BY_HAND, by=None)
    assert states() == ["cancelled"]
    assert mark_sending(claimed) is False
    assert states() == ["cancelled"]


def test_a_worker_that_claims_in_the_middle_of_it_sends_nothing() -> None:
    """No lock keeps it from claiming between two statements of a stop."""
    lead, enrolment = enrolled()
    make_followup(enrolment)
    claims = iter([claim])

    def claims_after(execute: Any, sql: str, *rest: Any) -> Any:
        done = execute(sql, *rest)
        if sql.startswith('UPDATE "leads_message"') and (first := next(claims, None)):
            first()
        return done

    with connection.execute_wrapper(claims_after):
        stop(lead=lead, reason=StopReason.BY_HAND, by=None)
    assert states() == ["cancelled"]


def test_a_mail_that_is_being_handed_over_stays() -> None:
    lead, enrolment = enrolled()
    make_followup(enrolment)
    mark_sending(claim()[0])
    stop(lead=lead, reason=StopReason.BY_HAND, by=None)
    assert states() == ["sending"]


def test_it_leaves_the_acknowledgement_alone() -> None:
    enquiry = make_enquiry()
    make_enrolment(enquiry.lead)
    make_message(enquiry)
    stop(lead=enquiry.lead, reason=StopReason.BY_HAND, by=None)
    assert states() == ["queued"]


def test_twice_is_as_good_as_once() -> None:
    lead, _ = enrolled()
    stop(lead=lead, reason=StopReason.BY_HAND, by=None)
    assert stop(lead=lead, reason=StopReason.STAGE, by=None) == 0
    assert Event.objects.filter(kind=EventKind.FOLLOWUP_STOPPED).count() == 1


def test_it_reaches_the_last_mail_of_a_finished_sequence() -> None:
    lead, enrolment = enrolled()
    Enrolment.objects.update(state="finished")
    make_followup(enrolment, step=3)
    assert stop(lead=lead, reason=StopReason.STAGE, by=None) == 1
    assert states() == ["cancelled"]


@time_machine.travel(WEDNESDAY_NOON, tick=False)
def test_undoing_the_cause_sends_the_step_after_all_and_once(bob: User) -> None:
    lead, _ = enrolled()
    materialise(timezone.now())
    cause = Event.objects.create(lead=lead, kind=EventKind.STAGE)
    stop(lead=lead, reason=StopReason.STAGE, by=bob, event=cause)
    materialise(timezone.now())
    assert states() == ["cancelled"]
    assert resume(lead=lead, by=bob, event=cause) == 1
    materialise(timezone.now())
    materialise(timezone.now())
    deliver_due()
    assert sorted(states()) == ["cancelled", "sent"]
    assert set(Message.objects.values_list("step", flat=True)) == {1}
    assert len(mail.outbox) == 1


def test_undoing_something_else_resumes_nothing(bob: User) -> None:
    lead, _ = enrolled()
    stop(lead=lead, reason=StopReason.STAGE, by=bob)
    other = Event.objects.create(lead=lead, kind=EventKind.STAGE)
    assert resume(lead=lead, by=bob, event=other) == 0


def test_steps_that_were_missed_move_on_and_keep_their_distance(bob: User) -> None:
    """Stopped on the day of the first mail (1 working day), resumed two weeks later: the second follows two working days after."""
    with time_machine.travel(WEDNESDAY_NOON, tick=False) as clock:
        lead, _ = enrolled()
        stop(lead=lead, reason=StopReason.BY_HAND, by=bob)
        clock.shift(timedelta(days=13))  # a Tuesday, still noon
        resume(lead=lead, by=bob)
        for _ in range(20):
            materialise(timezone.now())
            deliver_due()
            clock.shift(timedelta(days=1))
    left = list(Message.objects.filter(state="sent").order_by("step").values_list("step", "sent_at__date"))
    assert [(step, f"{day:%a %d %b}") for step, day in left] == [(1, "Tue 17 Nov"), (2, "Thu 19 Nov"), (3, "Wed 25 Nov")]


def test_a_hold_stops_and_its_release_goes_on(bob: User) -> None:
    lead, enrolment = enrolled()
    make_followup(enrolment)
    assert hold(lead=lead, by=None) is True
    assert hold(lead=lead, by=None) is False
    assert states() == ["cancelled"]
    assert resume(lead=lead, by=bob) == 0
    assert release_hold(lead=lead, by=bob) is True
    assert release_hold(lead=lead, by=bob) is False
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.next_step) == ("running", 1)


def test_a_follow_up_that_was_asked_for_during_a_hold_starts_with_its_release(bob: User) -> None:
    enquiry = make_enquiry()
    hold(lead=enquiry.lead, by=None)
    enrol(enquiry=enquiry, by=None)
    assert not Enrolment.objects.exists()
    release_hold(lead=enquiry.lead, by=bob)
    assert Enrolment.objects.get().state == "running"
