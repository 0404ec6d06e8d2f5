"""Every stop at every moment: no mail is handed over after it, and one that was being handed over is shown as that."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.followup.actions import hold, opt_out, stop
from leads.followup.claim import claim
from leads.followup.crew import deliver_due
from leads.followup.sequences import materialise
from leads.models import BookingKind, Category, Enrolment, Lead, Message, Stage, StopReason, Suppression, User
from leads.policy.identity import identity_key
from leads.triage.bookings.bookings import book
from leads.triage.decisions.actions import change_stage, mark_contacted
from tests.cast import vera_writes
from tests.followup.made import make_enquiry, make_enrolment, make_followup, mark_sending

pytestmark = pytest.mark.django_db

Stop = Callable[[Lead, User], object]


def to(category: Category) -> Stop:
    return lambda lead, bob: change_stage(by=bob, lead=lead, stage=Stage.objects.first_of(category))


def in_need(lead: Lead, bob: User) -> None:
    """The same person writes again."""
    Lead.objects.filter(pk=lead.pk).update(identity_key=identity_key(lead.name, lead.email, ""))
    vera_writes(message="I want to kill myself.")


def suppressed(lead: Lead, bob: User, reason: str = "bounced") -> None:
    Suppression.objects.create(address=lead.email, reason=reason)


STOPS: dict[str, Stop] = {
    "stage": to(Category.WORKING),
    "stage booked": to(Category.BOOKED),
    "booking": lambda lead, bob: book(by=bob, lead=lead, kind=BookingKind.CALL, starts_at=timezone.now() + timedelta(days=3), minutes=30),
    "closing": to(Category.CLOSED),
    "contact": lambda lead, bob: mark_contacted(by=bob, lead=lead),
    "opt-out": lambda lead, bob: opt_out(by=None, lead=lead),
    "hold": lambda lead, bob: hold(lead=lead, by=bob),
    "crisis": in_need,
    "by hand": lambda lead, bob: stop(lead=lead, reason=StopReason.BY_HAND, by=bob),
    "bounce": suppressed,
    "complaint": lambda lead, bob: suppressed(lead, bob, "complained"),
}
every_stop = pytest.mark.parametrize("halt", STOPS.values(), ids=STOPS)


@pytest.fixture
def vera(db: None) -> Lead:
    lead = make_enquiry().lead
    make_followup(make_enrolment(lead, next_step=2, due_at=timezone.now()))
    return lead


def followup() -> Message:
    return Message.objects.get(kind="followup", step=1)


def followups_sent() -> int:
    return sum("List-Unsubscribe" in letter.extra_headers for letter in mail.outbox)


@every_stop
def test_before_the_claim(vera: Lead, bob: User, monkeypatch: pytest.MonkeyPatch, halt: Stop) -> None:
    monkeypatch.setattr("leads.followup.tray.next_window", lambda at, windows: at)
    halt(vera, bob)
    deliver_due()
    assert followup().state in ("cancelled", "suppressed")
    assert followups_sent() == 0


@every_stop
def test_between_claim_and_handing_over(vera: Lead, bob: User, halt: Stop) -> None:
    (claimed,) = claim()
    halt(vera, bob)
    assert mark_sending(claimed) is False
    assert followup().state in ("cancelled", "claimed")  # what is only suppressed is put aside by the worker that finds it so


@every_stop
def test_while_it_is_being_handed_over(vera: Lead, bob: User, as_bob: Client, halt: Stop) -> None:
    mark_sending(claim()[0])
    halt(vera, bob)
    assert followup().state == "sending"
    if Enrolment.objects.get().state == "stopped":  # a suppression alone stops at the next mail
        shown = as_bob.get(reverse("lead", args=[vera.reference])).content.decode()
        assert "was already leaving when it was stopped: is being sent" in shown


@every_stop
def test_afterwards_nothing_more_is_made(vera: Lead, bob: User, monkeypatch: pytest.MonkeyPatch, halt: Stop) -> None:
    monkeypatch.setattr("leads.policy.windows.SendWindows.next", lambda self, at: at)
    deliver_due()
    assert followups_sent() == 1
    halt(vera, bob)
    materialise(timezone.now())
    deliver_due()
    assert followups_sent() == 1
    enrolment = Enrolment.objects.get()
    assert (enrolment.state, bool(enrolment.stop_reason)) == ("stopped", True)
    assert enrolment.lead.events.filter(kind="followup_stopped").count() == 1
