"""A mail that comes back finds its lead, wakes it, and stops the follow-up; a stranger's waits in Check."""

from typing import Any

import pytest

from leads.capture.actions import release
from leads.followup.reply_address import reply_address, token_of
from leads.models import (
    Attention,
    Category,
    Enquiry,
    Enrolment,
    Event,
    EventKind,
    Lead,
    Message,
    MessageState,
    Reply,
    ReplyKind,
    Stage,
    StopReason,
    User,
)
from leads.policy.inbound import Kind
from leads.triage.decisions.actions import mark_contacted
from tests.capture.mailed import arrive, mail
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def thanks(alice: User) -> Message:
    """The acknowledgement that Vera got."""
    vera_writes()
    return Message.objects.get(kind="acknowledgement")


def lead_of(message: Message) -> Lead:
    return Lead.objects.get(messages=message)


def test_kinds_have_the_same_names_in_the_database() -> None:
    assert [kind.value for kind in Kind] == ReplyKind.values


def test_an_answer_joins_the_lead_that_we_wrote_to(thanks: Message) -> None:
    reply = arrive(mail(about=thanks))
    assert (reply.lead, reply.about, reply.kind) == (thanks.lead, thanks, ReplyKind.REPLY)
    assert (reply.text, reply.subject) == ("Tuesday suits me.", "Re: We have your message")
    assert Lead.objects.count() == 1


def test_what_they_wrote_is_sealed(thanks: Message) -> None:
    arrive(mail(about=thanks))
    [[text, subject]] = Reply.objects.values_list("text", "subject")
    assert b"Tuesday" not in bytes(text)
    assert b"message" not in bytes(subject)


def test_it_brings_the_lead_back_and_stops_the_follow_up(thanks: Message, alice: User) -> None:
    Event.objects.all().delete()
    Lead.objects.update(attention=Attention.DONE, waiting_since=None, next_action="check_back")
    assert arrive(mail(about=thanks)).lead
    lead = lead_of(thanks)
    assert (lead.attention, lead.next_action) == (Attention.NEEDS_US, "reply")
    assert lead.waiting_since is not None
    assert Enrolment.objects.get().stop_reason == StopReason.REPLIED
    assert set(Event.objects.values_list("kind", flat=True)) == {EventKind.REPLIED, EventKind.FOLLOWUP_STOPPED}


def test_it_reopens_a_closed_lead(thanks: Message) -> None:
    closed = Stage.objects.first_of(Category.CLOSED)
    Lead.objects.update(stage=closed, category=Category.CLOSED, attention=Attention.DONE, due_at=None, next_action="", waiting_since=None)
    arrive(mail(about=thanks))
    assert lead_of(thanks).category == Category.NEW


def test_it_keeps_an_earlier_promise(thanks: Message) -> None:
    before = lead_of(thanks).due_at
    arrive(mail(about=thanks))
    assert lead_of(thanks).due_at == before


def test_the_same_mail_again_is_the_same_reply(thanks: Message) -> None:
    first = arrive(mail(about=thanks))
    again = arrive(b"Received: by another way; Fri, 27 Nov 2026 10:15:00 -0800\n" + mail(about=thanks))
    assert again == first
    assert Event.objects.filter(kind=EventKind.REPLIED).count() == 1


def test_two_mails_that_share_an_id_are_two(thanks: Message) -> None:
    arrive(mail(about=thanks))
    arrive(mail(about=thanks, text="Or Wednesday."))
    assert Reply.objects.count() == 2


def test_the_token_comes_first(thanks: Message) -> None:
    """A relay changed the id that they answer, or they answer another mail from the same address."""
    vera_writes(name="Alice Lind", email="alice.lind@example.com")
    other = Lead.objects.get(name="Alice Lind")
    to = f"reply+{token_of(other.reference)}@example.com"
    assert arrive(mail(about=thanks, to=to)).lead == other


def test_a_token_that_we_never_made_is_none(thanks: Message) -> None:
    token = token_of(lead_of(thanks).reference)
    forged = token[:-1] + ("a" if token[-1] != "a" else "b")
    reply = arrive(mail(to=f"reply+{forged}@example.com"))
    assert reply.lead != thanks.lead


def test_from_is_not_trusted(thanks: Message) -> None:
    """Vera's address without anything of ours: somebody else may have written it."""
    reply = arrive(mail())
    assert reply.lead is not None
    assert reply.lead != thanks.lead
    assert reply.lead.screening == "check"


def test_a_colleagues_answer_to_an_alert_is_nobodys_reply(thanks: Message, alice: User) -> None:
    alert = Message.objects.create(kind="staff_alert", user=alice, lead=thanks.lead, to_address=alice.email)
    assert arrive(mail(about=alert)).lead != thanks.lead


def test_a_stranger_waits_in_check_and_can_be_released(alice: User) -> None:
    reply = arrive(mail(text="Do you take new patients?", Subject="A question"))
    enquiry = Enquiry.objects.get()
    assert (enquiry.channel, enquiry.screening, enquiry.name, enquiry.email) == ("email", "check", "Vera Lind", "vera@example.com")
    assert enquiry.message == "A question\n\nDo you take new patients?"
    assert (reply.enquiry, reply.text) == (enquiry, "")
    assert not Message.objects.exists()
    released = release(by=alice, lead=enquiry.lead)
    assert released.screening == "accepted"
    assert Message.objects.get().kind == "acknowledgement"
    assert not Enrolment.objects.exists()


def test_a_stranger_without_name_or_address_is_kept_too() -> None:
    arrive(b"\n\nHello?")
    assert Enquiry.objects.get().message == "Hello?"


def test_a_reply_moves_along_when_its_lead_joins_another(thanks: Message, alice: User) -> None:
    reply = arrive(mail())
    assert reply.lead
    release(by=alice, lead=reply.lead)
    reply.refresh_from_db()
    assert reply.lead == thanks.lead


def test_crisis_words_put_it_on_top_hold_automation_and_alert(thanks: Message, alice: User) -> None:
    arrive(mail(about=thanks, text="I want to end my life."))
    lead = lead_of(thanks)
    assert lead.read_first
    assert lead.held_at is not None
    alert = Message.objects.get(kind="staff_alert")
    assert (alert.user, alert.mail, alert.lead) == (alice, "crisis-alert", lead)


def test_our_own_words_below_theirs_alarm_nobody(thanks: Message) -> None:
    ours = "\n".join(f"> {line}" for line in ("In crisis? Call 988, or 911.", "Hello Vera,"))
    arrive(mail(about=thanks, text=f"Thanks!\n\nOn Nov 27, 2026, The clinic wrote:\n{ours}\n"))
    assert not lead_of(thanks).read_first


def test_a_machine_stops_nothing_and_wakes_nobody(thanks: Message) -> None:
    mark_contacted(by=User.objects.get(), lead=lead_of(thanks))
    Enrolment.objects.update(state="running", stop_reason="")
    reply = arrive(mail(about=thanks, Auto_Submitted="auto-replied", text="I am away."))
    assert reply.kind == ReplyKind.AUTO_REPLY
    assert lead_of(thanks).attention == Attention.DONE
    assert Enrolment.objects.get().state == "running"
    assert Event.objects.filter(kind=EventKind.AUTO_REPLIED).count() == 1


def test_nothing_automatic_is_ever_answered(thanks: Message) -> None:
    before = Message.objects.count()
    arrive(mail(about=thanks, Auto_Submitted="auto-replied"))
    arrive(mail(Precedence="bulk", Message_ID="<2@mail.example.com>"))
    assert Message.objects.count() == before


def test_our_own_mail_that_comes_back_is_nobodys_answer(thanks: Message) -> None:
    own = Message.objects.create(kind="answer", lead=thanks.lead, to_address="vera@example.com")
    reply = arrive(mail(about=thanks, Message_ID=own.message_id, From="hello@example.com"))
    assert reply.kind == ReplyKind.AUTO_REPLY
    assert Enrolment.objects.get().state == "running"


def test_a_machine_that_answers_nothing_makes_no_lead() -> None:
    reply = arrive(mail(Auto_Submitted="auto-generated"))
    assert reply.lead is None
    assert not Lead.objects.exists()


def test_an_answer_settles_a_doubt(thanks: Message) -> None:
    Message.objects.filter(pk=thanks.pk).update(state=MessageState.UNKNOWN)
    arrive(mail(about=thanks))
    thanks.refresh_from_db()
    assert thanks.state == MessageState.SENT


def test_answers_go_to_an_address_of_their_own(thanks: Message, settings: Any) -> None:
    settings.REPLY_ADDRESS = "reply@clinic.example.com"
    address = reply_address(thanks)["reply_to"]
    assert len(address.partition("@")[0]) <= 64
    assert arrive(mail(to=f"The clinic <{address.upper()}>")).lead == thanks.lead
