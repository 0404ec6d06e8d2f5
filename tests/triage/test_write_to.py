"""Staff write on the lead's page: it leaves in ten seconds, can be taken back until then, and counts as contact."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from leads.followup.claim import claim
from leads.followup.compose import compose
from leads.followup.letterhead import Letterhead
from leads.followup.reply_address import token_of
from leads.models import Attention, Category, Enrolment, EventKind, Lead, Message, MessageState, StaffMail, Suppression, User
from leads.triage.decisions import actions
from leads.triage.decisions.recording import Conflict
from tests.capture.mailed import arrive, mail
from tests.cast import vera_writes
from tests.followup.made import mark_sending
from tests.triage.lead_page import said, url

pytestmark = pytest.mark.django_db
TYPED = {"mail_subject": "Re: We have your message", "mail_text": "Hello Vera,\r\n\r\nTuesday at ten?"}


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes().reference)


def send(client: Client, lead: Lead, **changes: Any) -> Any:
    return client.post(url("answer", lead), TYPED | changes)


def the_mail() -> Message:
    return Message.objects.get(kind="answer")


def as_it_leaves(message: Message) -> EmailMessage:
    return message_from_bytes(compose(message, Letterhead.current()).as_bytes(), policy=policy.default)


def test_it_waits_ten_seconds(as_bob: Client, vera: Lead) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        response = send(as_bob, vera)
        assert response.status_code == 303
        assert said(response) == ["Your email leaves in ten seconds."]
        clock.shift(9)
        assert the_mail() not in claim()
        clock.shift(2)
        assert the_mail() in claim()


def test_it_is_contact(as_bob: Client, bob: User, vera: Lead) -> None:
    send(as_bob, vera)
    vera.refresh_from_db()
    assert (vera.category, vera.attention, vera.waiting_since) == (Category.WORKING, Attention.DONE, None)
    assert Enrolment.objects.get().stop_reason == "contacted"
    assert vera.answers.get().by == bob
    assert vera.events.get(kind=EventKind.ANSWERED).by == bob


def test_it_leaves_as_a_persons_mail(as_bob: Client, vera: Lead, settings: Any) -> None:
    settings.REPLY_ADDRESS = "reply@clinic.example.com"
    send(as_bob, vera)
    letter = as_it_leaves(the_mail())
    assert (letter["To"], letter["Subject"]) == ("vera@example.com", "Re: We have your message")
    assert letter["Reply-To"] == f"reply+{token_of(vera.reference)}@clinic.example.com"
    assert letter["From"] == Letterhead.current().sender
    assert "Auto-Submitted" not in letter
    assert "List-Unsubscribe" not in letter
    body = letter.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines()[:5] == ["Hello Vera,", "", "Tuesday at ten?", "", "Bob"]


def test_it_belongs_to_what_it_answers(as_bob: Client, vera: Lead) -> None:
    thanks = Message.objects.get(kind="acknowledgement")
    arrive(mail(about=thanks))
    send(as_bob, vera)
    letter = as_it_leaves(the_mail())
    assert letter["In-Reply-To"] == "<1@mail.example.com>"
    assert letter["References"] == f"{thanks.message_id} <1@mail.example.com>"
    assert arrive(mail(about=the_mail(), Message_ID="<2@mail.example.com>")).lead == vera


def test_without_a_reply_it_belongs_to_our_last_mail(as_bob: Client, vera: Lead) -> None:
    Message.objects.update(state=MessageState.SENT)
    thanks = Message.objects.get()
    send(as_bob, vera)
    assert as_it_leaves(the_mail())["In-Reply-To"] == thanks.message_id


def test_what_looks_like_a_mark_or_a_header_is_only_text(as_bob: Client, vera: Lead) -> None:
    send(as_bob, vera, mail_subject="Hi\r\nBcc: eve@example.org {{reply_to}}", mail_text="{{greeting_name}} <b>you</b>")
    letter = as_it_leaves(the_mail())
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Hi Bcc: eve@example.org {{reply_to}}"
    html = letter.get_body(("html",))
    assert html is not None
    assert "{{greeting_name}} &lt;b&gt;you&lt;/b&gt;" in html.get_content()


def test_it_is_sealed(as_bob: Client, vera: Lead) -> None:
    send(as_bob, vera)
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, text FROM leads_staffmail")
        assert all(b"Tuesday" not in bytes(value) and b"message" not in bytes(value) for value in cursor.fetchone())
    html = as_bob.get(url_of(vera)).content.decode()
    assert "Wrote to them" in html
    assert "Tuesday at ten" not in html
    assert "Tuesday at ten" in as_bob.post(url("story", vera)).content.decode()


def url_of(lead: Lead) -> str:
    return f"/desk/leads/{lead.reference}/"


def test_undo_takes_it_back_and_gives_the_words_back(as_bob: Client, vera: Lead) -> None:
    before = vera.category, vera.attention
    send(as_bob, vera)
    html = as_bob.post(url("answer_remove", vera)).content.decode()
    assert the_mail().state == MessageState.CANCELLED
    vera.refresh_from_db()
    assert (vera.category, vera.attention) == before
    assert Enrolment.objects.get().state == "running"
    assert not vera.answers.exists()
    assert "Taken back: your email does not leave." in html
    assert "Tuesday at ten?" in html


def test_a_colleagues_undo_does_not_show_what_they_wrote(as_bob: Client, as_alice: Client, vera: Lead) -> None:
    send(as_bob, vera)
    assert "Tuesday at ten?" not in as_alice.post(url("answer_remove", vera)).content.decode()
    assert the_mail().state == MessageState.CANCELLED


def test_undo_works_also_where_the_lead_has_changed_since(as_bob: Client, bob: User, vera: Lead) -> None:
    send(as_bob, vera)
    arrive(mail(about=Message.objects.get(kind="acknowledgement")))
    as_bob.post(url("answer_remove", vera))
    assert the_mail().state == MessageState.CANCELLED
    vera.refresh_from_db()
    assert vera.attention == Attention.NEEDS_US


def test_what_is_being_handed_over_stays(as_bob: Client, vera: Lead) -> None:
    send(as_bob, vera)
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        [held] = [message for message in claim() if message.kind == "answer"]
        assert mark_sending(held)
        html = as_bob.post(url("answer_remove", vera)).content.decode()
        assert "It has left already." in html
        assert the_mail().state == MessageState.SENDING
        assert f'formaction="{url("answer_remove", vera)}"' not in as_bob.get(url_of(vera)).content.decode()


@pytest.mark.parametrize("typed", [{"mail_text": "About the ketamine."}, {"mail_subject": "Your depression"}])
def test_words_that_others_could_read_are_warned_of_once(as_bob: Client, vera: Lead, typed: dict[str, str]) -> None:
    response = send(as_bob, vera, **typed)
    html = response.content.decode()
    assert response.status_code == 400
    assert "Others can read the subject and the first words. Your email is not sent yet." in html
    assert all(text in html for text in typed.values())
    assert not StaffMail.objects.exists()
    warned = response.context["mail"].warned_of
    assert send(as_bob, vera, warned_of=warned, **typed).status_code == 303


@pytest.mark.parametrize("noun", ["contacted", "done", "notes", "hold"])
def test_nothing_else_that_is_pressed_loses_it(as_bob: Client, vera: Lead, noun: str) -> None:
    response = as_bob.post(url(noun, vera), TYPED | {"text": "Prefers mornings."})
    html = response.content.decode()
    assert response.status_code == 400
    assert "Send the email first, or empty its box." in html
    assert "Tuesday at ten?" in html
    assert "Prefers mornings." in html
    assert not Message.objects.filter(kind="answer").exists()


def test_opening_what_they_wrote_keeps_it_in_its_box(as_bob: Client, vera: Lead) -> None:
    assert "Tuesday at ten?" in as_bob.post(url("story", vera), TYPED).content.decode()


def test_sending_saves_the_note_too(as_bob: Client, vera: Lead) -> None:
    assert said(send(as_bob, vera, text="Prefers mornings.")) == ["Note saved. Your email leaves in ten seconds."]


def test_an_empty_one_is_not_sent(as_bob: Client, vera: Lead) -> None:
    assert said(send(as_bob, vera, mail_text=" ")) == ["Write the email first."]
    assert not StaffMail.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": ""}, "We have no email address of this person."),
        ({"screening": "check", "identity_key": None}, "This enquiry has not been released. Release it first."),
    ],
)
def test_who_gets_no_mail(bob: User, vera: Lead, fields: dict[str, Any], sentence: str) -> None:
    Lead.objects.update(**fields)
    with pytest.raises(Conflict, match=sentence):
        actions.write_to(by=bob, lead=vera, subject="Hello", text="Hello")


def test_an_address_that_does_not_exist_gets_none_and_one_that_opted_out_does(bob: User, vera: Lead) -> None:
    Suppression.objects.create(address=vera.email, reason="bounced")
    with pytest.raises(Conflict, match="This address gets no mail"):
        actions.write_to(by=bob, lead=vera, subject="Hello", text="Hello")
    Suppression.objects.update(reason="opted_out")
    assert actions.write_to(by=bob, lead=vera, subject="Hello", text="Hello")


def test_the_box_for_notes_is_the_one_that_is_open(as_bob: Client, vera: Lead) -> None:
    html = as_bob.get(url_of(vera)).content.decode()
    assert 'value="note" checked' in html
    assert "Re: We have your message" in html
