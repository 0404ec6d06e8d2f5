"""A visitor writes to us: what arrives, what the page says, and that nothing typed is lost."""

import pytest
from django.test import Client

from leads.models import Clinic, Enquiry, Lead
from tests.capture.page import VERA, fields_of, send

pytestmark = pytest.mark.django_db


def test_it_leads_to_the_thank_you_page(client: Client) -> None:
    response = send(client)
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/contact/sent/")
    assert Lead.objects.accepted().get().name == "Vera Lind"


def test_it_keeps_everything_that_was_told(client: Client) -> None:
    send(client, phone="(555) 010-0123", topic="referral", reply_by="call", may_leave_voicemail="on", consent_followup="on")
    enquiry = Enquiry.objects.get()
    assert enquiry.message == VERA["message"]
    assert (enquiry.topic, enquiry.reply_by, enquiry.phone) == ("referral", "call", "(555) 010-0123")
    assert enquiry.may_leave_voicemail
    assert enquiry.consent_followup
    assert enquiry.channel == "form"


def test_a_phone_number_is_enough(client: Client) -> None:
    assert send(client, email="", phone="555.010.0123").status_code == 303


def test_a_way_to_reply_that_is_not_offered_is_still_noted(client: Client) -> None:
    assert b'value="text"' not in client.get("/contact/").content
    send(client, reply_by="text", phone="555 010 0123")
    assert Enquiry.objects.get().reply_by == "text"


def test_nothing_is_ticked_beforehand(client: Client) -> None:
    assert not {"consent_reply", "consent_followup", "may_leave_voicemail", "reply_by", "topic"} & set(fields_of(client.get("/contact/")))


def test_a_mistake_loses_nothing_and_is_said_twice(client: Client) -> None:
    response = send(client, name="", message="Keep <this>.", topic="cost")
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("Enter the name you would like us to use") == 2
    assert "Keep &lt;this&gt;." in page
    assert fields_of(response) | {"topic": "cost", "email": "vera@example.com"} == fields_of(response)
    assert "<title>Error: Contact us" in page
    assert "autofocus" in page
    assert not Enquiry.objects.exists()


def test_after_a_mistake_the_same_token_goes_on(client: Client) -> None:
    token = fields_of(client.get("/contact/"))["token"]
    assert fields_of(client.post("/contact/", {"token": token}))["token"] == token


def test_it_says_where_help_is_in_a_crisis(client: Client) -> None:
    Clinic.objects.update(emergency_number="112", crisis_line="0800 111 0 111", crisis_line_takes_texts=False)
    page = client.get("/contact/").content.decode()
    assert "This form is not for emergencies." in page
    assert 'href="tel:112"' in page
    assert 'href="tel:08001110111"' in page
    assert "sms:" not in page


def test_what_led_here_goes_along(client: Client) -> None:
    assert b'href="/contact/?utm_source=radio"' in client.get("/?utm_source=radio&x=1").content
    send(client, path="/contact/?utm_source=radio&utm_medium=")
    assert Enquiry.objects.get().utm == {"utm_source": "radio"}


def test_the_site_somebody_came_from_goes_along_by_name_only(client: Client) -> None:
    page = client.get("/", headers={"referer": "https://search.example/?q=my+secret"}).content.decode()
    assert 'href="/contact/?from=search.example"' in page
    assert 'href="/contact/"' in client.get("/", headers={"referer": "http://testserver/privacy/"}).content.decode()
    send(client, path="/contact/?from=search.example")
    assert Enquiry.objects.get().referrer == "search.example"


def test_the_same_form_twice_is_one_enquiry(client: Client) -> None:
    fields = fields_of(client.get("/contact/")) | VERA
    first, second = client.post("/contact/", fields), client.post("/contact/", fields)
    assert (first.status_code, second.status_code) == (303, 303)
    assert Enquiry.objects.count() == 1


def test_an_edited_form_sent_again_is_a_second_message(client: Client) -> None:
    fields = fields_of(client.get("/contact/")) | VERA
    client.post("/contact/", fields)
    client.post("/contact/", fields | {"message": "One more thing."})
    assert Enquiry.objects.count() == 2


def test_no_page_sets_a_cookie(client: Client) -> None:
    send(client)
    send(client, name="")
    for path in ("/", "/contact/", "/privacy/", "/nowhere/", "/contact/sent/x/"):
        client.get(path)
    assert not client.cookies
