"""Two leads are parted again, and people wrote meanwhile: whoever waits goes on waiting, and mail goes to whom it was meant for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leads.followup.bookings import REMINDER
from leads.models import BookingKind, BookingMail, Clinic, Enrolment, EventKind, Lead, Message, MessageKind, Stage, User
from leads.policy.crisis import mentions_crisis
from leads.triage.bookings.bookings import book, move
from leads.triage.decisions.actions import change_stage, mark_contacted, snooze
from leads.triage.same_person.merging import merge, unmerge
from tests.capture.mailed import arrive, mail
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CRISIS = "I want to kill myself."


@pytest.fixture
def keep(clinic: Clinic) -> Lead:
    return Lead.objects.get(reference=vera_writes(message="The first.").reference)


@pytest.fixture
def other(clinic: Clinic) -> Lead:
    """The same Vera, from work."""
    return Lead.objects.get(reference=vera_writes(email="vera@work.example", message="The second.").reference)


def merged(by: User, keep: Lead, other: Lead) -> None:
    merge(by=by, keep=keep, other=other, choices={"email": "keep"})


def closed(by: User, lead: Lead) -> None:
    change_stage(by=by, lead=lead, stage=Stage.objects.get(category="closed"))


def answer_from(address: str, lead: Lead, text: str = "Tuesday suits me.") -> None:
    about = lead.messages.filter(kind=MessageKind.ACKNOWLEDGEMENT, to_address=address).get()
    arrive(mail(about=about, text=text, From=f"Vera Lind <{address}>"))


def test_a_lead_that_was_closed_is_not_closed_again_over_a_new_enquiry(bob: User, keep: Lead, other: Lead) -> None:
    closed(bob, keep)
    merged(bob, keep, other)
    vera_writes(message="I changed my mind.")
    unmerge(by=bob, lead=keep)
    keep.refresh_from_db()
    assert keep.is_open
    assert keep.attention == "needs_us"


def test_nor_does_it_sleep_again_over_a_reply(bob: User, keep: Lead, other: Lead) -> None:
    snooze(by=bob, lead=keep, until=timezone.now() + 90 * DAY)
    merged(bob, keep, other)
    answer_from("vera@example.com", keep)
    unmerge(by=bob, lead=keep)
    keep.refresh_from_db()
    assert keep.attention == "needs_us"


def test_a_reply_that_goes_back_to_its_lead_is_waited_for_there(bob: User, keep: Lead, other: Lead) -> None:
    snooze(by=bob, lead=other, until=timezone.now() + 90 * DAY)
    mark_contacted(by=bob, lead=keep)
    merged(bob, keep, other)
    answer_from("vera@work.example", keep)
    unmerge(by=bob, lead=keep)
    other.refresh_from_db()
    assert other.replies.count() == 1
    assert (other.attention, other.next_action, other.snoozed_until) == ("needs_us", "reply", None)
    assert other.waiting_since is not None


@pytest.mark.parametrize("way", ["enquiry", "reply"])
def test_a_crisis_that_goes_back_to_its_lead_is_read_first_there(bob: User, keep: Lead, other: Lead, way: str) -> None:
    assert mentions_crisis(CRISIS)
    merged(bob, keep, other)
    if way == "enquiry":
        vera_writes(email="vera@work.example", message=CRISIS)
    else:
        answer_from("vera@work.example", keep, CRISIS)
    unmerge(by=bob, lead=keep)
    other.refresh_from_db()
    assert other.events.filter(kind=EventKind.CRISIS).exists()
    assert other.read_first
    assert other.held_at
    assert not Enrolment.objects.filter(lead=other, state="running").exists()


def test_a_crisis_that_stays_is_still_read_first(bob: User, keep: Lead, other: Lead) -> None:
    Lead.objects.filter(pk=other.pk).update(read_first=True)
    merged(bob, keep, other)
    vera_writes(message=CRISIS)
    unmerge(by=bob, lead=keep)
    keep.refresh_from_db()
    assert keep.read_first
    assert keep.held_at


def test_a_follow_up_made_meanwhile_goes_to_whom_it_was_meant_for(bob: User, keep: Lead, other: Lead) -> None:
    Enrolment.objects.filter(lead=keep).delete()  # Vera at home agreed to none
    merged(bob, keep, other)
    plan = Enrolment.objects.get(lead=keep)
    Message.objects.create(kind=MessageKind.FOLLOWUP, lead=keep, enrolment=plan, step=1, to_address=keep.email)
    unmerge(by=bob, lead=keep)
    made = Message.objects.get(kind=MessageKind.FOLLOWUP)
    assert (made.lead, made.to_address) == (other, "vera@work.example")


def test_mail_about_a_booking_that_was_moved_meanwhile_goes_to_whom_it_was_meant_for(bob: User, keep: Lead, other: Lead) -> None:
    booking = book(by=bob, lead=other, kind=BookingKind.CALL, starts_at=timezone.now() + 9 * DAY, minutes=30)
    merged(bob, keep, other)
    booking.refresh_from_db()
    move(by=bob, booking=booking, starts_at=timezone.now() + 10 * DAY, minutes=30)
    unmerge(by=bob, lead=keep)
    waiting = Message.objects.filter(pk__in=BookingMail.objects.values("message"), state="queued")
    assert waiting.filter(mail=REMINDER).exists()
    assert {(each.lead, each.to_address) for each in waiting} == {(other, "vera@work.example")}
