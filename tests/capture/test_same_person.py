"""A repeat visitor joins the lead they already have; another person at the same address gets their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from leads.capture.actions import receive_enquiry, release
from leads.capture.joining import Place, finding_place, lead_for
from leads.capture.origin import Origin
from leads.models import Enquiry, Lead, Message, Stage, User
from leads.models.statements import run
from leads.triage.decisions.actions import change_stage, mark_done
from tests.cast import vera, vera_writes

pytestmark = pytest.mark.django_db


def test_the_same_email_and_first_name_is_the_same_person() -> None:
    vera_writes()
    vera_writes(name="VÉRA Lindgren", email="vera@EXAMPLE.com", message="One more thing.")
    assert Lead.objects.get().enquiries.count() == 2


def test_nothing_known_is_overwritten() -> None:
    vera_writes(phone="+1 212 555 0101")
    vera_writes(name="Vera L.", phone="+1 212 555 0199", message="My other number.")
    lead = Lead.objects.get()
    assert (lead.name, lead.phone) == ("Vera Lind", "+12125550101")


def may_leave_voicemail() -> bool:
    return Lead.objects.accepted().get().may_leave_voicemail


@pytest.mark.parametrize("reply_by", ["", "call"])
def test_the_voicemail_box_of_a_first_enquiry_is_kept(reply_by: str) -> None:
    vera_writes(phone="+1 212 555 0101", may_leave_voicemail=True, reply_by=reply_by)
    assert may_leave_voicemail()


@pytest.mark.parametrize("ticked", [True, False])
def test_the_newest_enquiry_with_a_number_decides_about_voicemail(ticked: bool) -> None:
    """Whether or not it says how to reply: the box belongs to the number."""
    vera_writes(phone="+1 212 555 0101", may_leave_voicemail=not ticked)
    vera_writes(phone="+1 212 555 0101", may_leave_voicemail=ticked, reply_by="", message="Once more.")
    assert may_leave_voicemail() == ticked


def test_an_enquiry_without_a_number_says_nothing_about_voicemail() -> None:
    vera_writes(phone="+1 212 555 0101", may_leave_voicemail=True)
    vera_writes(reply_by="email", message="Once more.")
    assert may_leave_voicemail()


@pytest.mark.parametrize(("reply_by", "known"), [("", "email"), ("call", "call")])
def test_the_way_to_reply_changes_only_where_it_is_given(reply_by: str, known: str) -> None:
    vera_writes(reply_by="email")
    vera_writes(reply_by=reply_by, message="Once more.")
    assert Lead.objects.get().reply_by == known


@pytest.mark.parametrize("later", ["+1 212 555 0101", ""])
def test_an_older_enquiry_that_is_released_decides_only_where_no_newer_one_left_a_number(bob: User, later: str) -> None:
    vera_writes(phone="+1 212 555 0101", may_leave_voicemail=True, suspicions=["honeypot"])
    suspect = Lead.objects.get()
    vera_writes(phone=later, may_leave_voicemail=False, message="Once more.")
    release(by=bob, lead=suspect)
    assert may_leave_voicemail() == (not later)


def test_another_name_at_the_same_address_is_another_lead() -> None:
    vera_writes()
    vera_writes(name="Otto Lind", message="For my wife.")
    vera, otto = Lead.objects.order_by("id")
    assert list(Lead.objects.same_address_as(vera)) == [otto]


def test_without_an_email_the_phone_decides() -> None:
    vera_writes(email="", phone="(212) 555-0101")
    vera_writes(email="", phone="+1 212 555 0101", message="It is me again.")
    assert Lead.objects.count() == 1


def test_it_wakes_a_lead_that_was_done(alice: object) -> None:
    vera_writes()
    mark_done(by=None, lead=Lead.objects.get())
    vera_writes(message="Are you there?")
    assert Lead.objects.get().attention == "needs_us"


def test_it_reopens_a_closed_lead_in_new() -> None:
    vera_writes()
    change_stage(by=None, lead=Lead.objects.get(), stage=Stage.objects.get(slug="closed"))
    vera_writes(message="I changed my mind.")
    lead = Lead.objects.get()
    assert (lead.stage.slug, lead.attention, lead.next_action) == ("new", "needs_us", "reply")


def test_writing_again_never_moves_the_promise_back() -> None:
    first = vera_writes()
    Lead.objects.update(due_at=timezone.now() - timedelta(hours=1))
    second = vera_writes(message="Are you there?")
    due_at = Lead.objects.get().due_at
    assert due_at
    assert due_at < first.promise_at <= second.promise_at


def test_a_lead_that_became_another_persons_meanwhile_is_not_joined() -> None:
    vera_writes()
    [[found]] = run(finding_place("Vera", "vera@example.com", ""))
    Lead.objects.update(identity_key="otto@example.com|otto")
    now = timezone.now()
    enquiry = Enquiry(name="Vera", received_at=now, promise_at=now)
    assert lead_for(enquiry, Place._make(found), email="vera@example.com", phone="").pk != Lead.objects.get().pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("email", "phone"), [("vera@example.com", ""), ("", "+1 212 555 0101")])
def test_twenty_calls_typed_in_at_once_are_one_lead_thanked_once(bob: User, email: str, phone: str) -> None:
    """Colleagues have no counters that would make them queue: here only the identity key stands between two leads."""

    def type_in(number: int) -> None:
        details = vera(email=email, phone=phone, message=f"Call {number}.")
        try:
            receive_enquiry(by=bob, channel="phone", details=details, origin=Origin())
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(type_in, range(20)))
    assert (Lead.objects.get().enquiries.count(), Enquiry.objects.count()) == (20, 20)
    assert Message.objects.filter(state="queued").count() == bool(email)
