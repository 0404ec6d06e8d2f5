"""A follow-up was being handed over when it was stopped, and the relay puts it off: it is not tried again."""

import pytest
from django.test import TestCase
from django.utils import timezone

from leads.followup.actions import stop
from leads.followup.claim import claim
from leads.followup.letterhead import Letterhead
from leads.followup.outcome import Outcome, Result
from leads.followup.plan_actions import pause
from leads.followup.settle import settle
from leads.models import Enrolment, Message, StopReason, User
from tests.followup.made import make_enquiry, make_enrolment, make_followup, mark_sending

pytestmark = pytest.mark.django_db

LATER = Outcome(Result.LATER, "421")


@pytest.fixture
def leaving() -> Message:
    make_followup(make_enrolment(make_enquiry().lead, next_step=2), at_once=True)
    (claimed,) = claim()
    assert mark_sending(claimed)
    return claimed


def put_off(message: Message) -> Message:
    with TestCase.captureOnCommitCallbacks(execute=True):
        settle(message, LATER, Letterhead.current())
    return Message.objects.get(pk=message.pk)


def test_as_long_as_nothing_stops_it_it_is_tried_again(leaving: Message) -> None:
    assert put_off(leaving).state == "queued"


def test_a_stop_holds(leaving: Message) -> None:
    assert leaving.lead
    stop(lead=leaving.lead, reason=StopReason.REPLIED, by=None)
    message = put_off(leaving)
    assert (message.state, message.reason) == ("cancelled", "replied")


def test_a_pause_holds_and_the_step_is_still_to_come(leaving: Message, alice: User) -> None:
    plan = Enrolment.objects.get()
    pause(sequence=plan.sequence, by=alice)
    message = put_off(leaving)
    assert (message.state, message.reason) == ("cancelled", "paused")
    plan.refresh_from_db()
    assert (plan.state, plan.next_step) == ("running", 1)
    assert plan.due_at
    assert plan.due_at > timezone.now()
