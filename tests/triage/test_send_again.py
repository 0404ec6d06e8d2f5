"""A mail that failed is sent again with one click: a new row with the same words, once, and never against a rule."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from leads.followup.actions import stop
from leads.followup.again import send_failed_again
from leads.followup.plan_actions import pause
from leads.models import Enrolment, Lead, Message, Sequence, StaffMail, StopReason, Suppression, User
from leads.policy.refused import Refused
from leads.triage.decisions.actions import write_to
from tests.cast import vera_writes
from tests.followup.made import make_followup, make_message
from tests.triage.lead_page import page, said, url
from tests.triage.test_write_to import as_it_leaves

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes().reference)


@pytest.fixture
def failed(vera: Lead, bob: User) -> Message:
    """An email that Bob wrote."""
    write_to(by=bob, lead=vera, subject="Tuesday", text="At ten?")
    Message.objects.filter(kind="answer").update(state="failed", reason="554 5.7.1")
    return Message.objects.get(kind="answer")


def again(client: Client, message: Message) -> Any:
    assert message.lead
    return client.post(url("again", message.lead), {"message": str(message.pk)})


def test_the_same_words_leave_in_a_row_of_their_own(as_alice: Client, alice: User, failed: Message, vera: Lead) -> None:
    assert said(again(as_alice, failed)) == ["It will be sent again."]
    failed.refresh_from_db()
    copy = Message.objects.get(again_of=failed)
    assert (failed.state, copy.state, copy.kind) == ("failed", "queued", "answer")
    letter = as_it_leaves(copy)
    body = letter.get_body(("plain",))
    assert body is not None
    assert letter["Subject"] == "Tuesday"
    assert body.get_content().splitlines()[:3] == ["At ten?", "", "Bob"]
    assert letter["Message-ID"] != failed.message_id
    assert vera.events.get(kind="sent_again").by == alice


def test_both_say_so(as_bob: Client, failed: Message, vera: Lead) -> None:
    assert "Send again" in page(as_bob, vera)
    again(as_bob, failed)
    shown = page(as_bob, vera)
    assert "failed: the mail server refused it, and was sent again" in shown
    assert "Email, once more</strong>" in shown
    assert "Sent a mail that failed again" in shown
    assert "Send again" not in shown


def test_a_second_click_sends_nothing_more(as_bob: Client, failed: Message, vera: Lead) -> None:
    again(as_bob, failed)
    assert said(again(as_bob, failed))[-1] == "It was sent again already."
    assert Message.objects.filter(again_of=failed).count() == 1
    assert vera.events.filter(kind="sent_again").count() == 1


def test_nor_do_two_at_the_same_moment(failed: Message, vera: Lead) -> None:
    fields = {"kind": "answer", "lead": vera, "to_address": vera.email, "again_of": failed}
    Message.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(**fields)


def test_what_fails_again_can_be_sent_again(as_bob: Client, failed: Message, vera: Lead) -> None:
    again(as_bob, failed)
    Message.objects.filter(again_of=failed).update(state="failed")
    copy = Message.objects.get(again_of=failed)
    again(as_bob, copy)
    assert StaffMail.objects.get(message__again_of=copy).text == "At ten?"


def test_it_goes_to_where_they_are_reached_now(as_bob: Client, failed: Message) -> None:
    Lead.objects.update(email="new@example.com")
    again(as_bob, failed)
    assert Message.objects.get(again_of=failed).to_address == "new@example.com"


def test_what_is_about_an_address_goes_to_that_one(bob: User, vera: Lead) -> None:
    failed = Message.objects.create(kind="own_page", mail="new-address", lead=vera, to_address="new@example.com", state="failed")
    copy = send_failed_again(message=failed, by=bob)
    assert copy
    assert (copy.to_address, copy.mail) == ("new@example.com", "new-address")


def test_a_follow_up_keeps_its_place_and_its_text(bob: User, vera: Lead, as_bob: Client) -> None:
    failed = make_followup(Enrolment.objects.get(), 2, state="failed")
    copy = send_failed_again(message=failed, by=bob)
    assert copy
    assert (copy.enrolment_id, copy.step, copy.text_id) == (failed.enrolment_id, 2, failed.text_id)
    assert "Follow-up 2 of 3, once more</strong>" in page(as_bob, vera)


@pytest.mark.parametrize("reason", ["bounced", "complained", "by_hand"])
def test_an_address_that_gets_no_mail_gets_none(as_bob: Client, failed: Message, vera: Lead, reason: str) -> None:
    Suppression.objects.create(address=vera.email, reason=reason)
    assert "Send again" not in page(as_bob, vera)
    assert "This address gets no mail" in said(again(as_bob, failed))[0]
    assert not Message.objects.filter(again_of=failed).exists()


def test_who_asked_us_to_stop_gets_an_answer_and_no_follow_up(as_bob: Client, bob: User, failed: Message, vera: Lead) -> None:
    Suppression.objects.create(address=vera.email, reason="opted_out")
    assert page(as_bob, vera).count("Send again") == 1
    make_followup(Enrolment.objects.get(), state="failed")
    assert page(as_bob, vera).count("Send again") == 1
    assert as_bob.get("/desk/mail/").content.decode().count("Send again<") == 1
    assert send_failed_again(message=failed, by=bob)
    with pytest.raises(Refused, match="They get no follow-up"):
        send_failed_again(message=Message.objects.get(kind="followup"), by=bob)


@pytest.mark.parametrize("fields", [{"email": ""}, {"category": "closed"}, {"screening": "check", "identity_key": None}])
def test_rules_are_asked(bob: User, failed: Message, fields: dict[str, Any]) -> None:
    Lead.objects.update(**fields)
    with pytest.raises(Refused):
        send_failed_again(message=failed, by=bob)


def test_no_more_follow_ups_than_they_agreed_to(bob: User, vera: Lead) -> None:
    plan = Enrolment.objects.get()
    for step in (1, 2, 3):
        make_followup(plan, step, state="sent")
    with pytest.raises(Refused, match="all the follow-up emails that they agreed to"):
        send_failed_again(message=make_followup(plan, 4, state="failed"), by=bob)


def test_no_thanks_to_who_asked_us_not_to_email(bob: User, vera: Lead) -> None:
    Message.objects.update(state="failed")
    Lead.objects.update(no_email=True)
    with pytest.raises(Refused, match="They asked us not to email"):
        send_failed_again(message=Message.objects.get(), by=bob)


@pytest.mark.parametrize("state", ["queued", "claimed", "sending", "sent", "suppressed", "cancelled", "unknown"])
def test_only_what_failed(as_bob: Client, failed: Message, state: str) -> None:
    Message.objects.filter(pk=failed.pk).update(state=state)
    assert said(again(as_bob, failed)) == ["This mail has not failed."]
    assert not Message.objects.filter(again_of=failed).exists()


def test_another_leads_mail_is_not_there(as_bob: Client, failed: Message, vera: Lead) -> None:
    other = make_message(state="failed", to_address="other@example.com")
    as_bob.post(url("again", vera), {"message": str(other.pk)})
    assert not Message.objects.filter(again_of=other).exists()


@pytest.mark.parametrize("message", ["", "junk", "\0", "00000000-0000-0000-0000-000000000000"])
def test_junk_changes_nothing(as_bob: Client, failed: Message, vera: Lead, message: str) -> None:
    assert as_bob.post(url("again", vera), {"message": message}).status_code == 303
    assert not Message.objects.filter(again_of=failed).exists()


def test_who_may_not_work_on_leads_sends_nothing(as_charlie: Client, failed: Message) -> None:
    assert again(as_charlie, failed).status_code == 404
    assert not Message.objects.filter(again_of=failed).exists()


def test_a_link_to_their_own_page_goes_to_where_they_are_reached_now(bob: User, vera: Lead) -> None:
    failed = Message.objects.create(kind="own_page", mail="own-page-link", lead=vera, to_address="old@example.com", state="failed")
    copy = send_failed_again(message=failed, by=bob)
    assert copy
    assert copy.to_address == vera.email
    Lead.objects.update(no_email=True)
    Message.objects.filter(pk=copy.pk).update(state="failed")
    with pytest.raises(Refused, match="They asked us not to email"):
        send_failed_again(message=Message.objects.get(pk=copy.pk), by=bob)


def test_no_follow_up_of_a_sequence_that_is_paused(bob: User, vera: Lead) -> None:
    failed = make_followup(Enrolment.objects.get(), state="failed")
    pause(sequence=Sequence.objects.get(), by=bob)
    with pytest.raises(Refused, match="This sequence is paused"):
        send_failed_again(message=failed, by=bob)


def test_no_follow_up_that_has_stopped(bob: User, vera: Lead) -> None:
    make_followup(Enrolment.objects.get(), state="failed")
    stop(lead=vera, reason=StopReason.REPLIED, by=None)
    with pytest.raises(Refused, match="They get no follow-up: they replied"):
        send_failed_again(message=Message.objects.get(kind="followup"), by=bob)


def test_a_pause_while_it_waits_begins_nothing_anew(bob: User, vera: Lead) -> None:
    plan = Enrolment.objects.get()
    failed = make_followup(plan, 1, state="failed")
    make_followup(plan, 2, state="sent")
    Enrolment.objects.update(next_step=3)
    send_failed_again(message=failed, by=bob)
    pause(sequence=plan.sequence, by=bob)
    plan.refresh_from_db()
    assert Message.objects.get(again_of=failed).reason == "paused"
    assert plan.next_step == 3
