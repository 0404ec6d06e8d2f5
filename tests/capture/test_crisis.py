"""Words of crisis put a lead on top and stop automation; the acknowledgement with its crisis numbers still leaves."""

import pytest

from leads.capture.actions import release
from leads.followup.actions import hold
from leads.models import Lead, Message, User
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db

IN_DANGER = "I want to end my life."


def test_it_is_read_first() -> None:
    assert vera_writes(message=IN_DANGER).crisis
    lead = Lead.objects.get()
    assert lead.read_first
    assert lead.events.filter(kind="crisis").count() == 1


def test_automation_is_held_but_the_acknowledgement_leaves() -> None:
    vera_writes(message=IN_DANGER)
    lead = Lead.objects.get()
    assert lead.held_at
    assert not lead.enrolments.filter(state="running").exists()
    assert Message.objects.get().kind == "acknowledgement"


def test_whoever_wrote_before_is_held_too() -> None:
    vera_writes()
    vera_writes(message=IN_DANGER)
    lead = Lead.objects.get()
    assert lead.read_first
    assert lead.held_at
    enrolment = lead.enrolments.get()
    assert (enrolment.state, enrolment.stop_reason) == ("stopped", "held")


def test_a_second_calm_enquiry_does_not_lower_it() -> None:
    vera_writes(message=IN_DANGER)
    vera_writes(message="I feel better now.")
    assert Lead.objects.get().read_first


def test_it_is_read_first_in_check_too() -> None:
    vera_writes(message=IN_DANGER, suspicions=["too_fast"])
    assert Lead.objects.in_check().get().read_first


def test_words_in_the_field_for_the_name_count() -> None:
    assert vera_writes(name="I want to die", message="").crisis


def test_an_idiom_is_no_crisis() -> None:
    assert not vera_writes(message="I am dying to know what it costs.").crisis


def test_a_hold_on_what_waited_in_check_goes_along_when_it_is_released(bob: User) -> None:
    """Such as one for what they answered meanwhile: the enquiry itself holds no such words."""
    vera_writes()
    vera_writes(suspicions=["link"], message="I have one more question.")
    provisional = Lead.objects.in_check().get()
    hold(lead=provisional, by=None)
    lead = release(by=bob, lead=provisional)
    assert lead.held_at
    enrolment = lead.enrolments.get()
    assert (enrolment.state, enrolment.stop_reason) == ("stopped", "held")
